"""Join wrapped lines. A word with a hyphen at the end of a line is joined only if it is known without the hyphen."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

from ..text import detect_language

SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
MAX_WRAPPED = 130  # characters; a longer line is a whole paragraph

_ENDS_WITH_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Prof|St|No|[A-Z])\.$")
_BULLET = re.compile(r"^(?:[-*•–—·]|\d{1,3}[.)])\s")
_MIN_WRAPPED = 50  # characters; a shorter line without a full stop is a heading or a list item
_MIN_WIDTH = 25  # characters; narrower lines aren't prose
_MIN_PAIRS, _MIN_WRAPPED_SHARE = 3, 0.9  # of consecutive lines, to be sure that narrow lines are wrapped
_HYPHENS = "-\u2010\u00ad"
_START = re.compile(r"[^\W\d_]+")
_WORD = re.compile(rf"[^\W\d_]+(?:[{_HYPHENS}][^\W\d_]+)*")
_NOT_A_LETTER = re.compile(r"[\W\d_]")
_CONJUNCTIONS = frozenset({"and", "or", "to", "und", "oder", "et", "ou", "y", "o", "e"})
_SAMPLE = 5_000  # characters by which the language is detected
_SPELLINGS = (("is", "iz"), ("ys", "yz"), ("our", "or"), ("tre", "ter"), ("ll", "l"))
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")  # Chinese and Japanese


def join_wrapped(lines: list[str]) -> list[str]:
    """Join wrapped lines, so that sentences are complete again."""
    hyphens = Hyphens(lines)
    width = _narrow_width(lines)
    paragraphs: list[list[str]] = []
    may_continue = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if may_continue and line and not _BULLET.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        may_continue = is_wrapped(line) or (width is not None and _has_no_room(line, following, width))
    return [hyphens.join(paragraph) for paragraph in paragraphs]


def is_wrapped(line: str) -> bool:
    """Return whether a line looks like it was wrapped in the middle of a sentence."""
    is_end = SENTENCE_END.search(line) and not _ENDS_WITH_ABBREVIATION.search(line)
    return _MIN_WRAPPED <= len(line) <= MAX_WRAPPED and not is_end


def _narrow_width(lines: list[str]) -> int | None:
    """Return the width at which narrow lines are wrapped, or None if they aren't: no word fits on the line before."""
    width = max(map(len, lines), default=0)
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    if not _MIN_WIDTH <= width < _MIN_WRAPPED or len(pairs) < _MIN_PAIRS:
        return None
    return width if sum(_has_no_room(*pair, width) for pair in pairs) >= _MIN_WRAPPED_SHARE * len(pairs) else None


def _has_no_room(line: str, following: str, width: int) -> bool:
    return bool(line and following) and len(line) + 1 + len(following.split(" ", 1)[0]) > width


def ends_with_hyphen(text: str) -> bool:
    """Return whether a line ends within a word."""
    return text[-1] in _HYPHENS and text[-2:-1].isalnum()


class Hyphens:
    """Joins lines, by the words of the document and the word list of its language."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)

    def join(self, lines: Iterable[str]) -> str:
        """Join the lines of a paragraph. A hyphen at the end of a line is kept unless the word is known without it."""
        parts: list[str] = []
        for line in lines:
            if parts:
                parts[-1] = self._joint(parts[-1], line)
            parts.append(line)
        return "".join(parts)

    def _joint(self, text: str, line: str) -> str:
        """Return a line as it is before the next one: with a space, or without its hyphen."""
        if ends_with_hyphen(text) and line[0].isalnum():
            if line.partition(" ")[0] in _CONJUNCTIONS:
                return f"{text} "  # "pre- and post-war"
            end, start = _NOT_A_LETTER.split(text[:-1].rpartition(" ")[2])[-1], _START.match(line)
            return text[:-1] if end and start and self._is_hyphenated(end, start[0]) else text
        return text if _UNSPACED.match(text[-1]) and _UNSPACED.match(line[0]) else f"{text} "

    def _is_hyphenated(self, end: str, start: str) -> bool:
        """Return whether two parts are one word, and not a compound."""
        if any(f"{end}{hyphen}{start}".lower() in self._compounds for hyphen in _HYPHENS):
            return False
        word = end + start
        if word in self._words or word.capitalize() in self._words or word.lower() in self._words:
            return True
        return start.islower() and any(spelling in self._known_words for spelling in _spellings(word.lower()))

    @cached_property
    def _words(self) -> set[str]:
        return {word for line in self._lines for word in _WORD.findall(line)}

    @cached_property
    def _compounds(self) -> set[str]:
        return {word.lower() for word in self._words if not word.isalpha()}

    @cached_property
    def _known_words(self) -> Mapping[str, int]:
        return _word_list(detect_language("\n".join(self._lines)[:_SAMPLE]) or "en")


def _spellings(word: str) -> set[str]:
    """Return a word in British and American spelling: the word lists contain one of them."""
    return {word, *(word.replace(british, american) for british, american in _SPELLINGS)}


def is_word_of_its_own(initial: str, word: str) -> bool:
    """Return whether a large initial letter is the word "A", "I" or "O" rather than the start of the next word."""
    words, letter = _word_list("en"), initial.strip("\"“‘«„'’")
    rest = "".join(filter(str.isalpha, word)).lower()
    if letter not in {"A", "I", "O"} or len(rest) < len("on"):
        return False
    return words.get(rest, 0) > words.get(letter.lower() + rest, 0)


@cache
def _word_list(language: str) -> Mapping[str, int]:
    """The words of a language, or of English, and how frequent they are."""
    package = importlib.util.find_spec("spellchecker")
    folder = Path(package.origin).with_name("resources") if package and package.origin else Path()
    path = folder / f"{language}.json.gz"
    if not path.is_file():
        path = folder / "en.json.gz"
    frequencies: dict[str, int] = json.loads(gzip.decompress(path.read_bytes())) if path.is_file() else {}
    return frequencies
