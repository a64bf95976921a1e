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

_MAX_JUSTIFIED = 2.5  # times the usual gap of a justified line
_MAX_INDENT = 3.0  # line heights
_EDGE_RANK = 0.1  # the share of the lines that may stick out of a column


@dataclass(frozen=True)
class Line:
    """A line of text, and the edges of its column.

    Attributes:
        page: the number of the page, from 0.
        column: the number of the column in the document, from 0.
        is_next_column: the column is read after the one beside it.
        is_apart: the line is beside other text in its column, like a cell of a table, and is no part of a paragraph.
    """

    words: tuple[Word, ...]
    left: float
    bottom: float
    right: float
    top: float
    page: int
    column: int
    column_left: float
    column_right: float
    is_next_column: bool = False
    is_apart: bool = False

    @property
    def height(self) -> float:
        """The height of the font."""
        return self.top - self.bottom

    @cached_property
    def text(self) -> str:
        """The words, separated by spaces."""
        return " ".join(word.text for word in self.words)


def lines_of(column: Column, page: int, number: int) -> list[Line]:
    """Return the lines of a column from top to bottom."""
    left, right = _edges(column.fragments)
    lines: list[Line] = []
    for row in _rows(column.fragments):
        cells = _cells(row, left, right)
        for cell in cells:
            box = _box(cell)
            words = tuple(word for fragment in cell for word in fragment.words)
            lines.append(Line(words, *box, page, number, left, right, column.is_next, is_apart=len(cells) > 1))
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


def _cells(row: Sequence[Fragment], left: float, right: float) -> list[list[Fragment]]:
    """Return the parts of a row: one, if the gaps are the spaces of a justified line."""
    if len(row) == 1:
        return [list(row)]
    height = median(fragment.height for fragment in row)
    gaps = [two.left - one.right for one, two in pairwise(row)]
    inner = [b.left - a.right for f in row for a, b in pairwise(f.words)]
    usual = median([gap for gap in [*gaps, *inner] if gap > 0] or [0.0])
    is_justified = row[0].left - left < _MAX_INDENT * height and right - row[-1].right < height
    limit = max(MAX_GAP * height, _MAX_JUSTIFIED * usual) if is_justified or len(inner) > 1 else MAX_GAP * height
    cells: list[list[Fragment]] = [[row[0]]]
    for gap, fragment in zip(gaps, row[1:], strict=True):
        if gap > limit or gap < -height:
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
