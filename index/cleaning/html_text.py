"""Extract the paragraphs of clean HTML: from documents, books and e-mails, where all of the text is the article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from .encodings import decode_markup
from .page_tree import prepare_tree, remove_hidden_text
from .saved_text import CleanText

_BLOCK_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "blockquote", "pre", "div", "dt", "dd"}
_BLOCK_TAGS |= {"tr", "table", "caption"}
_HEADING_TAGS = ("h1", "h2", "h3")
_SKIPPED_TAGS = {"script", "style", "head", "nav", "template"}
_MAX_CELL = 200  # characters; a table with longer cells is a layout
_WHITE_SPACE = re.compile(r"\s+")
_EMPTY_LINE = re.compile(r"\n(?: *\n)+")


def html_to_text(data: bytes | str) -> CleanText:
    """Extract the text, one paragraph for each block element. The title is the heading at the start, if any."""
    root = _parse(data)
    if root is None:
        return CleanText(None, None, "")
    remove_hidden_text(root)
    prepare_tree(root)
    collector = _BlockCollector()
    collector.collect(root)
    text = "\n\n".join(collector.paragraphs)
    if collector.title is None or not collector.paragraphs:
        return CleanText(None, None, text or collector.title or "")
    return CleanText(collector.title, None, text)


def html_to_lines(data: bytes | str, marks: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Extract all lines, headings and line breaks included, with a blank line between paragraphs.

    Args:
        data: the HTML.
        marks: lines to put before elements, by tag.
    """
    root = _parse(data)
    if root is None:
        return []
    collector = _LineCollector(marks)
    collector.collect(root)
    return [line for paragraph in collector.paragraphs for line in (*paragraph.split("\n"), "")]


def tree_paragraphs(root: Any) -> list[str]:
    """Return the paragraphs of a part of a page. Lines end at `<br>` unless the sentence goes on in lower case."""
    collector = _BlockCollector(finds_title=False, ends_lines=True)
    collector.collect(root)
    return collector.paragraphs


def _parse(data: bytes | str) -> Any:
    """Return the root of a page, or None if it is empty."""
    # Imported here: only the sandbox process reads HTML, and the main process shouldn't load the library.
    import lxml.html

    markup = decode_markup(data) if isinstance(data, bytes) else data
    if not markup.strip():
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)


class _BlockCollector:
    """Collects the text between the start and end tags of block elements. Iterative: pages may be nested deeply.

    The cells of a row of a table become one paragraph: "2022 33,500". Two `<br>` end a paragraph; with `ends_lines`,
    one does.
    """

    def __init__(self, *, finds_title: bool = True, ends_lines: bool = False) -> None:
        self.title: str | None = None
        self.paragraphs: list[str] = []
        self._finds_title = finds_title
        self._ends_lines = ends_lines
        self._pieces: list[str] = []
        self._block_tag = ""
        self._skipped_depth = 0  # number of open elements whose text is skipped
        self._rows: list[list[int]] = []  # of each open row, the number of paragraphs before it and after each cell

    def collect(self, root: Any) -> None:
        import lxml.etree

        for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
            is_start, tag = event == "start", str(element.tag)
            if tag in _SKIPPED_TAGS:
                self._skipped_depth += 1 if is_start else -1
            if tag in _BLOCK_TAGS:
                self._end_block()
                self._block_tag = tag if is_start else ""
                self._follow_row(tag, is_start)
            if is_start:
                self._mark(tag)
            text = _WHITE_SPACE.sub(" ", (element.text if is_start else element.tail) or "")
            if not self._skipped_depth:
                self._pieces.append(text if tag != "br" or is_start else self._line_break(text))
        self._end_block()

    def _mark(self, tag: str) -> None:
        """Put a line before an element."""

    def _line_break(self, following: str) -> str:
        is_end = self._ends_lines and not following.lstrip()[:1].islower()
        return ("\n\n" if is_end else "\n") + following

    def _follow_row(self, tag: str, is_start: bool) -> None:
        if tag == "tr" and is_start:
            self._rows.append([len(self.paragraphs)])
        elif tag in ("td", "th") and not is_start and self._rows:
            self._rows[-1].append(len(self.paragraphs))
        elif tag == "tr" and self._rows:
            self._end_row(self._rows.pop())

    def _end_row(self, ends: list[int]) -> None:
        cells = [self.paragraphs[start:end] for start, end in pairwise(ends) if start < end]
        if len(cells) > 1 and all(len(cell) == 1 and len(cell[0]) <= _MAX_CELL for cell in cells):
            self.paragraphs[ends[0] : ends[-1]] = [" ".join(cell[0] for cell in cells)]

    def _end_block(self) -> None:
        lines = _EMPTY_LINE.split("".join(self._pieces))
        self._pieces.clear()
        for line in filter(None, (" ".join(line.split()) for line in lines)):
            if self._finds_title and self._block_tag in _HEADING_TAGS and not (self.title or self.paragraphs):
                self.title = line
            else:
                self.paragraphs.append(line)


class _LineCollector(_BlockCollector):
    """Collects all lines: the paragraphs contain the line breaks of the page."""

    def __init__(self, marks: Mapping[str, str]) -> None:
        super().__init__(finds_title=False)
        self._marks = marks

    def _mark(self, tag: str) -> None:
        if tag in self._marks:
            self._end_block()
            self.paragraphs.append(self._marks[tag])

    def _end_block(self) -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(self._pieces).split("\n")).strip()
        self._pieces.clear()
        if text:
            self.paragraphs.append(text)
