"""The lines of a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from .columns import Column
from .fragments import MAX_GAP, Fragment, are_in_line
from .words import Word

_MAX_JUSTIFIED = 2.0  # times the usual gap of a justified line
_AFTER_SENTENCE = 2.0  # times that
_MAX_SPACE = 3.0  # line heights
_MAX_INDENT = 3.0  # line heights
_EXACT = 0.2  # line heights that the ends of justified lines may differ by
_RAGGED, _RAGGED_WIDTH = 3.5, 0.25  # line heights, and of the width, that the ends of wrapped lines may differ by
_MIN_ROWS = 3  # that show how a column is set
_JUSTIFIED, _WRAPPED = 0.4, 0.25  # of the rows of a column
_EDGE_RANK = 0.1  # the share of the lines that may stick out of a column


@dataclass(frozen=True, slots=True)
class Shape:
    """The column of a line.

    Attributes:
        number: the number of the column in the document, from 0.
        is_wrapped: enough lines end at the right edge to show that the text is wrapped there.
        is_next: the column is read after the one beside it.
    """

    number: int
    left: float
    right: float
    is_wrapped: bool
    is_next: bool

    @property
    def width(self) -> float:
        """The distance between the edges."""
        return self.right - self.left


@dataclass(frozen=True)
class Line:
    """A line of text.

    Attributes:
        page: the number of the page, from 0.
        is_apart: the line is beside other text in its column, like a cell of a table, and is no part of a paragraph.
    """

    words: tuple[Word, ...]
    left: float
    bottom: float
    right: float
    top: float
    page: int
    column: Shape
    is_apart: bool = False

    @property
    def height(self) -> float:
        """The height of the font."""
        return self.top - self.bottom

    @cached_property
    def text(self) -> str:
        """The words, separated by spaces."""
        return " ".join(word.text for word in self.words)


def ragged_edge(height: float, width: float) -> float:
    """Return by how much the ends of wrapped lines may differ."""
    return min(_RAGGED * height, _RAGGED_WIDTH * width)


def lines_of(column: Column, page: int, number: int) -> list[Line]:
    """Return the lines of a column from top to bottom."""
    left, right = _edges(column.fragments)
    rows = _rows(column.fragments)
    distances = [(right - row[-1].right) / row[-1].height for row in rows]
    is_justified = sum(abs(distance) < _EXACT for distance in distances) > max(_MIN_ROWS, len(rows) * _JUSTIFIED)
    is_near = [right - row[-1].right < ragged_edge(row[-1].height, right - left) for row in rows]
    is_wrapped = sum(is_near) >= max(_MIN_ROWS, len(rows) * _WRAPPED)
    lines: list[Line] = []
    for row in rows:
        cells = _cells(row, left, right, is_justified)
        for cell in cells:
            words = tuple(word for fragment in cell for word in fragment.words)
            shape = Shape(number, left, right, is_wrapped, column.is_next)
            lines.append(Line(words, *_box(cell), page, shape, is_apart=len(cells) > 1))
    return lines


def _edges(fragments: Sequence[Fragment]) -> tuple[float, float]:
    """Return the left and right edges of a column, without the few lines that stick out."""
    lefts = sorted(fragment.left for fragment in fragments)
    rights = sorted(fragment.right for fragment in fragments)
    outside = int(len(fragments) * _EDGE_RANK / 2)
    return lefts[outside], rights[-1 - outside]


def _rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda fragment: -fragment.top):
        if rows and are_in_line(rows[-1][0], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [sorted(row, key=lambda fragment: fragment.left) for row in rows]


def _cells(row: Sequence[Fragment], left: float, right: float, is_column_justified: bool) -> list[list[Fragment]]:
    """Return the parts of a row: one, if the gaps are the spaces of a justified line."""
    if len(row) == 1:
        return [list(row)]
    height = median(fragment.height for fragment in row)
    gaps = [two.left - one.right for one, two in pairwise(row)]
    spaces = [two.left - one.right for fragment in row for one, two in pairwise(fragment.words)]
    is_justified = row[0].left - left < _MAX_INDENT * height and right - row[-1].right < _EXACT * height
    limit = MAX_GAP * height
    if spaces or (is_justified and len(gaps) > 1):
        usual = median(spaces) if spaces else min(gaps)
        limit = max(limit, min(_MAX_JUSTIFIED * usual, _MAX_SPACE * height))
    elif is_justified and is_column_justified:
        limit = right - left
    cells: list[list[Fragment]] = [[row[0]]]
    for gap, fragment in zip(gaps, row[1:], strict=True):
        # TeX sets a wider space after a sentence.
        is_wide = is_justified and is_column_justified and cells[-1][-1].text.endswith((".", "!", "?", ":"))
        if gap > limit * (_AFTER_SENTENCE if is_wide else 1) or gap < -height:
            cells.append([])
        cells[-1].append(fragment)
    return cells


def _box(cell: Sequence[Fragment]) -> tuple[float, float, float, float]:
    return (
        min(fragment.left for fragment in cell),
        cell[0].bottom,
        max(fragment.right for fragment in cell),
        cell[0].top,
    )
