"""Join the lines of a document to paragraphs, where it is certain that the text continues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ...cleaning import Hyphens, ends_with_hyphen
from .lines import Line, ragged_edge

_SENTENCE_END = re.compile(r"[.!?…:。！？।؟۔][\"”’'»)\]]*$")
_BULLET = re.compile(r"[-*•–—·▪●◦‣]|\(?(?:\d{1,3}|[a-z])[.)]")
_LEADING = 1.3  # line heights, if the text doesn't show the usual distance
_MAX_LEADING = 1.25  # times the usual distance of two lines
_MAX_DISTANCE = 2.5  # line heights
_SAME_SIZE = 0.12  # the relative difference of two lines of the same size
_ALIGNED = 0.35  # line heights that two aligned edges may differ by
_MAX_INDENT = 4.0  # line heights
_HEADLINE = 1.25  # times the height of the body text
_MIN_WORDS = 4  # of a line that certainly isn't an item of a list
_MIN_ALONE = 8  # words of a line that is full, if no other lines show where lines end
_NEARBY = 3  # lines before and after that show where lines end
_MIN_AT_EDGE = 3  # lines that do
_SLACK = 1.2  # line heights that a short line may miss


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""

    @property
    def height(self) -> float:
        """The height of the font."""
        return self.lines[0].height


def join_lines(lines: Sequence[Line], body: float, hyphens: Hyphens) -> list[Paragraph]:
    """Return the paragraphs of a document whose text is in lines of the height `body`."""
    leading = _leadings(lines, body)
    paragraphs: list[Paragraph] = []
    for index, line in enumerate(lines):
        if paragraphs and _continues(paragraphs[-1], lines[index : index + _NEARBY], leading, body):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line]))
    for paragraph in paragraphs:
        paragraph.text = hyphens.join(line.text for line in paragraph.lines)
    return paragraphs


def _leadings(lines: Sequence[Line], body: float) -> dict[int, float]:
    """Return the usual distance of two lines of each size, rounded to points. By 0: in line heights."""
    distances: dict[int, list[float]] = {0: []}
    for one, two in pairwise(lines):
        distance = one.bottom - two.bottom
        if (
            one.column.number == two.column.number
            and _same_size(one, two)
            and 0 < distance < _MAX_DISTANCE * one.height
        ):
            distances.setdefault(round(one.height), []).append(distance)
            if abs(one.height - body) < 1:
                distances[0].append(distance / one.height)
    return {size: sorted(found)[len(found) // 4] for size, found in distances.items() if len(found) > 2}


def _continues(paragraph: Paragraph, following: Sequence[Line], leading: dict[int, float], body: float) -> bool:
    """Return whether the first of the following lines certainly continues a paragraph."""
    previous, line = paragraph.lines[-1], following[0]
    if previous.is_apart or line.is_apart or not _same_size(previous, line):
        return False
    if not _is_adjacent(previous, line, leading):
        return previous.column.number != line.column.number and _continues_in_next_column(previous, line)
    if line.height > _HEADLINE * body:
        return True
    if not _is_aligned(paragraph, line):
        return False
    if ends_with_hyphen(previous.text) and line.text[0].isalnum():
        return True
    is_full, is_unfinished = _is_full(previous, line), _is_unfinished(previous, line)
    if previous.column.is_wrapped and (is_full or (is_unfinished and _is_nearly_full(previous, line))):
        return True
    if len(previous.words) < _MIN_WORDS:
        return False
    return (is_full and is_unfinished and len(previous.words) >= _MIN_ALONE) or (
        (is_unfinished or len(paragraph.lines) >= _MIN_AT_EDGE) and _is_full_beside(paragraph, following)
    )


def _same_size(one: Line, two: Line) -> bool:
    return abs(one.height - two.height) <= _SAME_SIZE * max(one.height, two.height)


def _is_adjacent(previous: Line, line: Line, leading: dict[int, float]) -> bool:
    """Return whether a line is directly below another one on the same page."""
    if previous.page != line.page:
        return False
    usual = leading.get(round(line.height)) or leading.get(0, _LEADING) * line.height
    usual = max(usual, 0.9 * line.height)
    distance = previous.bottom - line.bottom
    overlap = min(previous.right, line.right) - max(previous.left, line.left)
    return 0.5 * line.height < distance < min(_MAX_LEADING * usual, _MAX_DISTANCE * line.height) and overlap > 0


def _is_aligned(paragraph: Paragraph, line: Line) -> bool:
    """Return whether a line begins where the next line of the paragraph should."""
    lines, previous = paragraph.lines, paragraph.lines[-1]
    indent = (line.left - previous.left) / line.height
    if abs(indent) <= _ALIGNED:
        return True
    if len(lines) == 1 and -_MAX_INDENT < indent < 0:
        return True  # after the indented first line
    if len(lines) == 1 and 0 < indent < _MAX_INDENT and _BULLET.fullmatch(previous.words[0].text):
        return len(previous.words) > 1 and abs(previous.words[1].left - line.left) <= _ALIGNED * line.height
    centres = abs(previous.left + previous.right - line.left - line.right) / 2
    return centres < _ALIGNED * line.height and not _SENTENCE_END.search(previous.text)


def _is_full(previous: Line, line: Line) -> bool:
    """Return whether a line has no space for the first word of the next one."""
    return previous.column.right - previous.right < _first_width(line)


def _is_nearly_full(previous: Line, line: Line) -> bool:
    """Return whether a line is full by the number of its characters, as if these were equally wide."""
    missing = previous.column.right - previous.right - _first_width(line)
    is_long = len(previous.words) >= _MIN_WORDS
    return missing < (ragged_edge(line.height, previous.column.width) if is_long else _SLACK * line.height)


def _is_full_beside(paragraph: Paragraph, following: Sequence[Line]) -> bool:
    """Return whether a line is full like those around it, which are beside a picture for example."""
    previous = paragraph.lines[-1]
    number = previous.column.number
    after = [previous, *(line for line in following if line.column.number == number)]
    for nearby in (paragraph.lines[-_NEARBY - 1 :], after):
        rights = sorted((line.right for line in nearby), reverse=True)
        is_edge = len(rights) >= _MIN_AT_EDGE and rights[0] - rights[_MIN_AT_EDGE - 1] < ragged_edge(
            previous.height, rights[0] - previous.left
        )
        if is_edge and rights[0] - previous.right < _first_width(following[0]):
            return True
    return False


def _first_width(line: Line) -> float:
    """Return the width of a line's first word and the space before it."""
    first = line.words[0]
    return first.right - first.left + 0.2 * line.height


def _is_unfinished(previous: Line, line: Line) -> bool:
    """Return whether a sentence begins in one line and continues in another, by their words."""
    first = next(filter(str.isalnum, line.text), "")
    return first.islower() and not _SENTENCE_END.search(previous.text)


def _continues_in_next_column(previous: Line, line: Line) -> bool:
    """Return whether a sentence at the end of a column or page continues at the start of the next one."""
    is_next_page = line.page == previous.page + 1
    if not (is_next_page or (line.page == previous.page and line.column.is_next)):
        return False
    widths = previous.column.width, line.column.width
    if abs(widths[0] - widths[1]) > 0.1 * max(widths) or _SENTENCE_END.search(previous.text):
        return False
    if line.left - line.column.left > _ALIGNED * line.height:
        return False
    if not (_is_full(previous, line) or ends_with_hyphen(previous.text)):
        return False
    is_in_order = line.words[0].order == previous.words[-1].order + 1 or is_next_page
    return _is_unfinished(previous, line) or is_in_order
