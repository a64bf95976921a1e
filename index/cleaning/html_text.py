"""Extract the paragraphs of clean HTML: from documents, books and e-mails, where all of the text is the article."""

from __future__ import annotations

from typing import Any

from .encodings import decode_markup
from .saved_text import CleanText

_BLOCK_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "blockquote", "pre", "div", "dt", "dd"}
_HEADING_TAGS = ("h1", "h2", "h3")
_SKIPPED_TAGS = {"script", "style", "head", "nav", "template"}


def html_to_text(data: bytes | str) -> CleanText:
    """Extract the text, one paragraph for each block element. The title is the heading at the start, if any."""
    # Imported here: only the sandbox process reads HTML, and the main process shouldn't load the library.
    import lxml.html

    text = decode_markup(data) if isinstance(data, bytes) else data
    if not text.strip():
        return CleanText(None, None, "")
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    collector = _BlockCollector()
    collector.collect(lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser))
    text = "\n\n".join(collector.paragraphs)
    if collector.title is None or not collector.paragraphs:
        return CleanText(None, None, text or collector.title or "")
    return CleanText(collector.title, None, text)


class _BlockCollector:
    """Collects the text between the start and end tags of block elements. Iterative: pages may be nested deeply."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.paragraphs: list[str] = []
        self._pieces: list[str] = []
        self._block_tag = ""
        self._skipped_depth = 0  # number of open elements whose text is skipped

    def collect(self, root: Any) -> None:
        import lxml.etree

        for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
            is_start, tag = event == "start", str(element.tag)
            if tag in _SKIPPED_TAGS:
                self._skipped_depth += 1 if is_start else -1
            if tag in _BLOCK_TAGS:
                self._end_block()
                self._block_tag = tag if is_start else ""
            text = element.text if is_start else element.tail
            if not self._skipped_depth:
                self._pieces.append((text or "") if tag != "br" else f" {text or ''}")
        self._end_block()

    def _end_block(self) -> None:
        line = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if line and self._block_tag in _HEADING_TAGS and self.title is None and not self.paragraphs:
            self.title = line
        elif line:
            self.paragraphs.append(line)
