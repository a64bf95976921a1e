"""Columns: the white strips between them, and the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .fragments import MAX_GAP, Fragment, are_in_line

_MAX_DEPTH = 8  # of columns within columns
_MAX_FRAGMENTS = 3_000  # a page with more is no page of text
_MAX_NEIGHBOURS = 40  # that are examined for a fragment
_MAX_STRIPS = 20  # that are open at once or examined
_MIN_ROWS = 3  # on both sides of a strip; two are enough if it is wide
_WIDE = 1.5  # line heights
_LARGE = 1.15  # times the height of the text, for a headline
_MIN_WORDS = 2.0  # per row of text; with fewer on both sides, it is a table


@dataclass(frozen=True, slots=True)
class Column:
    """The fragments of a column. `is_next` if it is read after the column beside it, without anything between."""

    fragments: tuple[Fragment, ...]
    is_next: bool = False


@dataclass(slots=True)
class _Strip:
    """A white strip with text on both sides."""

    left: float
    right: float
    top: float
    height: float  # of a line beside it
    bottom: float = float("-inf")
    rows: int = 1

    @property
    def is_gutter(self) -> bool:
        return self.rows >= _MIN_ROWS or (self.rows == _MIN_ROWS - 1 and self.right - self.left >= _WIDE * self.height)

    def narrow(self, left: float, right: float) -> bool:
        """Restrict the strip to this interval. Return whether it is still wide enough; else it isn't changed."""
        left, right = max(self.left, left), min(self.right, right)
        if right - left < MAX_GAP * self.height:
            return False
        self.left, self.right = left, right
        return True


def split_columns(fragments: Sequence[Fragment]) -> list[Column]:
    """Return the columns of a page, in reading order."""
    depth = _MAX_DEPTH if len(fragments) <= _MAX_FRAGMENTS else 1
    return _split(sorted(fragments, key=lambda fragment: -fragment.top), depth)


def _split(block: list[Fragment], depth: int) -> list[Column]:
    """Split a block, sorted from the top, at its longest gutter: above, left, right, below."""
    if not block:
        return []
    strip = _longest_gutter(block) if depth else None
    if strip is None:
        return [Column(tuple(block))]
    top = _highest(strip, block)
    above: list[Fragment] = []
    left: list[Fragment] = []
    right: list[Fragment] = []
    below: list[Fragment] = []
    for fragment in block:
        middle = (fragment.top + fragment.bottom) / 2
        if middle > top:
            above.append(fragment)
        elif middle < strip.bottom:
            below.append(fragment)
        else:
            (left if fragment.right <= strip.left + 1 else right).append(fragment)
    before, after = _split(above, depth - 1), _split(below, depth - 1)
    beside = _split(right, depth - 1)
    beside[:1] = [replace(column, is_next=True) for column in beside[:1]]
    columns = [*before, *_split(left, depth - 1), *beside, *after]
    if len(before) > 1 or len(after) > 1:
        # Columns may continue below what interrupts them, such as a quotation in large type.
        columns = [replace(column, is_next=False) for column in columns]
    return columns


def _highest(strip: _Strip, block: Sequence[Fragment]) -> float:
    """Return the top of the columns at a gutter. The text in one of them may begin higher than in the other."""
    top = strip.top
    for fragment in reversed(block):
        if fragment.bottom + fragment.top <= 2 * top:
            continue
        is_beside = fragment.right <= strip.left + 1 or fragment.left >= strip.right - 1
        is_text = fragment.height < _LARGE * strip.height
        if not (is_beside and is_text and fragment.bottom - top < strip.height):
            break
        top = fragment.top
    return top


def _longest_gutter(block: Sequence[Fragment]) -> _Strip | None:
    strips = sorted((s for s in _strips(block) if s.is_gutter), key=lambda strip: -strip.rows)
    return next((strip for strip in strips[:_MAX_STRIPS] if _is_between_text(strip, block)), None)


def _strips(block: Sequence[Fragment]) -> list[_Strip]:
    """Return the white strips beside the text of a block, which is sorted from the top."""
    strips: list[_Strip] = []
    open_strips: list[_Strip] = []
    neighbours = _right_neighbours(block)
    for fragment, neighbour in zip(block, neighbours, strict=True):
        for strip in open_strips:
            if not _leaves_open(strip, fragment):
                strip.bottom = fragment.top
        open_strips = [strip for strip in open_strips if strip.bottom == float("-inf")]
        if neighbour is None:
            continue
        found = False
        for strip in open_strips:
            if strip.narrow(fragment.right, neighbour.left):
                strip.rows += 1
                found = True
        is_wide = neighbour.left - fragment.right >= MAX_GAP * fragment.height
        if not found and is_wide and len(open_strips) < _MAX_STRIPS:
            top = max(fragment.top, neighbour.top)
            open_strips.append(_Strip(fragment.right, neighbour.left, top, fragment.height))
            strips.append(open_strips[-1])
    return strips


def _leaves_open(strip: _Strip, fragment: Fragment) -> bool:
    """Narrow a strip to what a fragment leaves of it. Return False if the fragment closes it."""
    if fragment.right <= strip.left or fragment.left >= strip.right:
        return True
    if fragment.left <= strip.left:
        return strip.narrow(fragment.right, strip.right)
    return fragment.right >= strip.right and strip.narrow(strip.left, fragment.left)


def _right_neighbours(block: Sequence[Fragment]) -> list[Fragment | None]:
    """Return the nearest fragment to the right of each, in the same line."""
    nearest: list[Fragment | None] = [None] * len(block)
    for index, fragment in enumerate(block):
        for other_index in range(index + 1, min(index + 1 + _MAX_NEIGHBOURS, len(block))):
            other = block[other_index]
            if other.top <= fragment.bottom:
                break
            if not are_in_line(fragment, other):
                continue
            if other.left >= fragment.right:
                left_index, right = index, other
            elif other.right <= fragment.left:
                left_index, right = other_index, fragment
            else:
                continue
            known = nearest[left_index]
            if known is None or right.left < known.left:
                nearest[left_index] = right
    return nearest


def _is_between_text(strip: _Strip, block: Sequence[Fragment]) -> bool:
    """Return whether at least one side is text. Otherwise, it is a table, which is read by rows."""
    sides = ([f for f in block if f.right <= strip.left + 1], [f for f in block if f.left >= strip.right - 1])
    return any(_is_text(list(_within(strip, side))) for side in sides)


def _within(strip: _Strip, fragments: Sequence[Fragment]) -> Iterator[Fragment]:
    return (f for f in fragments if strip.bottom <= (f.top + f.bottom) / 2 <= strip.top)


def _is_text(fragments: Sequence[Fragment]) -> bool:
    rows = 0
    previous: Fragment | None = None
    for fragment in fragments:
        if previous is None or not are_in_line(previous, fragment):
            rows += 1
        previous = fragment
    words = [word.text for fragment in fragments for word in fragment.words]
    return len(words) > _MIN_WORDS * rows and sum(map(str.isalpha, words)) > len(words) / 2
