"""Extract the paragraphs of clean HTML: from documents, books and e-mails, where all of the text is the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .saved_text import CleanText

_BLOCK_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "blockquote", "pre", "div", "dt", "dd"}
_HEADING_TAGS = ("h1", "h2", "h3")
_MAX_CELL = 120  # characters of a cell in a table; longer ones are paragraphs
_BREAK = "\x0b"  # stands for <br>; HTML can't contain this character
_SKIPPED_TAGS = {"script", "style", "head", "nav", "template"}


def html_to_text(data: bytes | str) -> CleanText:
    """Extract the text, one paragraph for each block element. The title is the heading at the start, if any."""
    collector = _collect(data, line_break=" ")
    paragraphs = [paragraph.text for paragraph in collector.paragraphs]
    title = paragraphs[0] if collector.has_title else None
    if title is None or len(paragraphs) == 1:
        return CleanText(None, None, "\n\n".join(paragraphs))
    return CleanText(title, None, "\n\n".join(paragraphs[1:]))


def html_to_lines(data: bytes | str, marks: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Extract all lines, headings and line breaks included, with a blank line between paragraphs.

    Args:
        data: the HTML.
        marks: lines to put before elements, by tag.
    """
    lines: list[str] = []
    for paragraph in _collect(data, line_break="\n", marks=marks).paragraphs:
        lines += [*paragraph.text.split("\n"), ""]
    return lines


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    cell: int  # the number of the table cell that it is in; 0 outside of tables


def _collect(data: bytes | str, line_break: str, marks: Mapping[str, str] = MappingProxyType({})) -> _BlockCollector:
    # Imported here: only the sandbox process reads HTML, and the main process shouldn't load the library.
    import lxml.html

    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    collector = _BlockCollector(line_break, marks)
    if data.strip():
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        collector.collect(lxml.html.document_fromstring(data, parser=parser))
    return collector


class _BlockCollector:
    """Collects the text between the start and end tags of block elements. Iterative: pages may be nested deeply."""

    def __init__(self, line_break: str, marks: Mapping[str, str]) -> None:
        self.paragraphs: list[_Paragraph] = []
        self.has_title = False  # the first paragraph is a heading
        self._line_break = line_break
        self._marks = marks
        self._pieces: list[str] = []
        self._block_tag = ""
        self._skipped_depth = 0  # number of open elements whose text is skipped
        self._rows: list[int] = []  # of the open rows: the number of paragraphs before them
        self._cell = 0

    def collect(self, root: Any) -> None:
        import lxml.etree

        for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
            is_start, tag = event == "start", str(element.tag)
            if tag in _SKIPPED_TAGS:
                self._skipped_depth += 1 if is_start else -1
            if tag in _BLOCK_TAGS:
                self._end_block()
                self._block_tag = tag if is_start else ""
            if is_start and tag in self._marks:
                self._end_block()
                self.paragraphs.append(_Paragraph(self._marks[tag], cell=0))
            if tag in ("td", "th") and is_start:
                self._cell += 1
            if tag == "tr":
                self._start_row() if is_start else self._end_row()
            text = element.text if is_start else element.tail
            if not self._skipped_depth:
                if tag == "br" and is_start:
                    self._pieces.append(_BREAK)
                self._pieces.append(text or "")
        self._end_block()

    def _end_block(self) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split(_BREAK))
        text = self._line_break.join(lines if self._line_break == "\n" else filter(None, lines)).strip()
        self._pieces.clear()
        if text:
            self.has_title = self.has_title or (self._block_tag in _HEADING_TAGS and not self.paragraphs)
            self.paragraphs.append(_Paragraph(text, self._cell if self._rows else 0))

    def _start_row(self) -> None:
        self._end_block()
        self._rows.append(len(self.paragraphs))

    def _end_row(self) -> None:
        """Make a row one line if its cells contain a short line each: it's a row of a table, and not of a layout."""
        self._end_block()
        row = self.paragraphs[self._rows.pop() :] if self._rows else []
        cells = {paragraph.cell for paragraph in row}
        is_short = len(row) > 1 and all(len(paragraph.text) <= _MAX_CELL for paragraph in row)
        if is_short and len(cells) == len(row):
            del self.paragraphs[-len(row) :]
            self.paragraphs.append(_Paragraph(" ".join(paragraph.text for paragraph in row), row[0].cell))
