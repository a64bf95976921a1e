"""The paragraphs of HTML that holds an article and nothing around it: from documents, books and letters."""

from __future__ import annotations

from typing import Any

import lxml.etree
import lxml.html

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "blockquote", "pre", "div", "dt", "dd"}
_HEADINGS = ("h1", "h2", "h3")
_LEFT_OUT = {"script", "style", "head", "nav", "template"}


def blocks(data: bytes | str) -> tuple[str | None, str]:
    """The heading that all else stands below, if there is one, and the text: a paragraph for each block."""
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    if not data.strip():
        return None, ""
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    found = _Blocks()
    found.read(lxml.html.document_fromstring(data, parser=parser))
    if found.title is None or not found.paragraphs:
        return None, "\n\n".join(found.paragraphs) or found.title or ""
    return found.title, "\n\n".join(found.paragraphs)


class _Blocks:
    """Collects the words between the beginnings and ends of blocks. No recursion: a page may be as deep as it likes."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._block = ""
        self._left_out = 0  # how many elements that are left out we are in

    def read(self, root: Any) -> None:
        for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
            is_start, tag = event == "start", str(element.tag)
            if tag in _LEFT_OUT:
                self._left_out += 1 if is_start else -1
            if tag in _BLOCKS:
                self._end()
                self._block = tag if is_start else ""
            words = element.text if is_start else element.tail
            if not self._left_out:
                self._words.append((words or "") if tag != "br" else f" {words or ''}")
        self._end()

    def _end(self) -> None:
        line = " ".join("".join(self._words).split())
        self._words.clear()
        if line and self._block in _HEADINGS and self.title is None and not self.paragraphs:
            self.title = line
        elif line:
            self.paragraphs.append(line)
