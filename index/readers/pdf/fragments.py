"""Fragments of lines: words that follow each other without a wide gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ...cleaning import is_word_of_its_own
from .words import Word, is_rtl_text

MAX_GAP = 0.5  # of the height of the line; the gap between two columns is wider
_MAX_JUSTIFIED = 1.6  # times the usual gap of a line
_MAX_SPACE = 2.0  # line heights
_MIN_GAPS = 3  # in a line that shows which gap is usual
_MIN_OVERLAP = 0.5  # of the height of two words in the same line
_MIN_CAP = 1.7  # heights of a line, for a letter that begins an article in large type
_MAX_CAPS = 20  # on a page
_CAP = re.compile(r"[\"“‘«„]?[^\W\d_][’']?")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words in one line and their common box."""

    words: tuple[Word, ...]
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """The height of the font."""
        return self.top - self.bottom

    @property
    def text(self) -> str:
        """The words, separated by spaces."""
        return " ".join(word.text for word in self.words)


def are_in_line(one: Fragment | Word, two: Fragment | Word) -> bool:
    """Return whether two boxes share most of their vertical extent."""
    overlap = min(one.top, two.top) - max(one.bottom, two.bottom)
    return overlap >= _MIN_OVERLAP * min(one.top - one.bottom, two.top - two.bottom)


def make_fragments(words: Sequence[Word], is_rtl: bool = False) -> list[Fragment]:
    """Group words that follow each other in the file and on the page."""
    fragments: list[Fragment] = []
    run: list[Word] = []
    for word in words:
        if run and not _are_in_run(run[-1], word):
            fragments += _split_run(run)
            run = []
        run.append(word)
    if run:
        fragments += _split_run(run)
    if is_rtl:
        return [replace(fragment, words=_in_reading_order(fragment.words)) for fragment in fragments]
    return _with_initials(fragments)


def body_height(fragments: Iterable[Fragment]) -> float:
    """Return the height of the font in which most of the text is set, or 0 without any."""
    heights = [fragment.height for fragment in fragments for _ in fragment.words]
    return median(heights) if heights else 0.0


def _are_in_run(previous: Word, word: Word) -> bool:
    """Return whether two words are in the same line and of about the same size."""
    if previous.is_vertical or word.is_vertical:
        return False
    height, other = previous.top - previous.bottom, word.top - word.bottom
    if height > other:
        height, other = other, height
    overlap = min(previous.top, word.top) - max(previous.bottom, word.bottom)
    return overlap >= _MIN_OVERLAP * height and other < _MIN_CAP * height


def _split_run(words: Sequence[Word]) -> list[Fragment]:
    """Split the words of a line at gaps that are wider than usual: in a justified line, all spaces are wide."""
    if len(words) == 1:
        return [_fragment(words)]
    gaps = [_gap(one, two) for one, two in pairwise(words)]
    height = words[0].top - words[0].bottom
    limit = MAX_GAP * height
    if max(gaps) > limit and len(gaps) >= _MIN_GAPS:
        limit = max(limit, min(_MAX_JUSTIFIED * median(gaps), _MAX_SPACE * height))
    fragments = []
    start = 0
    for position, gap in enumerate(gaps, 1):
        if not -limit < gap < limit:
            fragments.append(_fragment(words[start:position]))
            start = position
    fragments.append(_fragment(words[start:]))
    return fragments


def _in_reading_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a line written from right to left, with those of the other direction from left to right."""
    ordered: list[Word] = []
    for is_rtl, group in groupby(words, key=lambda word: is_rtl_text(word.text)):
        run = list(group)
        ordered += run if is_rtl else reversed(run)
    return tuple(ordered)


def _gap(previous: Word, word: Word) -> float:
    gap = word.left - previous.right
    if gap < previous.bottom - previous.top and (is_rtl_text(previous.text) or is_rtl_text(word.text)):
        return previous.left - word.right  # words of the other direction
    return gap


def _fragment(words: Sequence[Word]) -> Fragment:
    if len(words) == 1:
        word = words[0]
        return Fragment((word,), word.left, word.bottom, word.right, word.top)
    bottoms, tops = sorted(word.bottom for word in words), sorted(word.top for word in words)
    middle = len(words) // 2
    left, right = min(word.left for word in words), max(word.right for word in words)
    return Fragment(tuple(words), left, bottoms[middle], right, tops[middle])


def _with_initials(fragments: list[Fragment]) -> list[Fragment]:
    """Put the large initial letter of a text before the word that it begins."""
    height = body_height(fragments)
    caps = [f for f in fragments if f.height > _MIN_CAP * height and len(f.words) == 1 and _CAP.fullmatch(f.text)]
    for cap in caps[:_MAX_CAPS]:
        beside = [f for f in fragments if f is not cap and _is_beside(cap, f)]
        if not beside:
            continue
        first = max(beside, key=lambda fragment: fragment.top)
        word = first.words[0]
        with_cap = [word._replace(text=cap.text + word.text, left=cap.left)]
        if is_word_of_its_own(cap.text, word.text):
            with_cap = [word._replace(text=cap.text, left=cap.left, right=cap.right), word]
        moved = {id(fragment): replace(fragment, left=cap.left) for fragment in beside}
        moved[id(first)] = replace(moved[id(first)], words=(*with_cap, *first.words[1:]))
        fragments = [moved.get(id(fragment), fragment) for fragment in fragments if fragment is not cap]
    return fragments


def _is_beside(cap: Fragment, fragment: Fragment) -> bool:
    """Return whether a line of text begins directly to the right of an initial letter."""
    distance, middle = fragment.left - cap.right, (fragment.top + fragment.bottom) / 2
    return (
        -fragment.height < distance < max(fragment.height, cap.height / 2)
        and cap.bottom < middle < cap.top
        and fragment.height * _MIN_CAP < cap.height
    )
