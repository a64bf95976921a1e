"""Word documents, OpenDocument texts and rich text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import mammoth
from odfdo import Document, Header
from striprtf.striprtf import rtf_to_text

from ..cleaning import clean_document, clean_saved_page, document_title, fold_white_space, html_to_lines, html_to_text
from ..errors import SourceError
from ..exports import HEADING, PAGE_BREAK, SUBHEADING
from ..records import Skipped
from .base import RawArticle, check_file_size, read_bytes
from .exports import exported_articles, separated_articles
from .xml import dublin_core, parse_xml
from .zip_limits import open_zip, read_member

_PROPERTIES = "docProps/core.xml"
_TITLE = "Title"
_STYLE_MAP = "br[type='page'] => hr\np[style-name='Title'] => h1:fresh"
_MARKS = {"hr": PAGE_BREAK, "h1": HEADING, "h2": SUBHEADING}
_MAX_WRAPPED = 130  # characters; with longer lines, each line of rich text is a paragraph
# Without it, the address of a link isn't put into the text.
_RTF_LINK = re.compile(r"""(\\fldinst[^{}"]{0,50}\{?[^{}"]{0,300})HYPERLINK""")
_RTF_PROPERTY = re.compile(r"\{\\(title|author) ([^{}\\]{1,300})\}")
_RTF_PROPERTIES_END = 50_000  # characters; they are at the start


def read_docx(path: Path) -> Iterator[RawArticle | Skipped]:
    """Read a Word document, or the articles of an export. The title is the first heading, or that of the properties.

    The author is that of the byline. Only if there is none, it is the person who made the file.
    """
    check_file_size(path)
    with open_zip(path) as archive:
        properties: dict[str, str] = {}
        with suppress(SourceError):  # missing or damaged properties don't make a document unreadable
            properties = dublin_core(parse_xml(read_member(archive, _PROPERTIES)))
    with path.open("rb") as file:
        html = mammoth.convert_to_html(file, convert_image=_skip_image, style_map=_STYLE_MAP).value
    exported = exported_articles(html_to_lines(html)) or separated_articles(html_to_lines(html, _MARKS))
    yield from exported
    if exported and isinstance(exported[0], RawArticle):
        return
    document = html_to_text(html)
    declared = {"title": properties.get("title"), "author": properties.get("creator")}
    yield _article(document.title, document.text, declared)


def read_odt(path: Path) -> Iterator[RawArticle]:
    """Read an OpenDocument text. The title is its first heading, or that of its properties."""
    check_file_size(path)
    open_zip(path).close()
    document = Document(path)
    title: str | None = None
    paragraphs: list[str] = []
    lines: list[str] = []
    for element in document.body.get_elements("descendant::text:h|descendant::text:p"):
        line = " ".join(element.inner_text.split())
        lines += [line, ""]
        is_heading = isinstance(element, Header) or _is_title(document, element.get_attribute_string("text:style-name"))
        if is_heading and title is None and not paragraphs:
            title = line
        else:
            paragraphs.append(line)
    if exported := exported_articles(lines):
        yield from exported
        return
    properties = document.meta
    declared = {"title": properties.title, "author": properties.initial_creator}
    yield _article(title, "\n\n".join(filter(None, paragraphs)), declared)


def _article(title: str | None, text: str, properties: Mapping[str, str | None]) -> RawArticle:
    """Return the article of a document, with its byline and day read from the lines above the text."""
    page = clean_document(title, text)
    return RawArticle(page.text, {**properties, "title": document_title(properties["title"]), **page.metadata})


def _is_title(document: Document, style: str | None) -> bool:
    """Return whether a paragraph has the style "Title", or one made from it."""
    if style is None or style == _TITLE:
        return style is not None
    definition = document.get_style("paragraph", style)
    return definition is not None and definition.get_attribute_string("style:parent-style-name") == _TITLE


def read_rtf(path: Path) -> Iterator[RawArticle | Skipped]:
    """Read rich text, or the articles of an export. The title is the first line that looks like a headline."""
    data = read_bytes(path).decode("latin-1")  # other characters are escaped
    if not data.lstrip().startswith("{\\rtf"):
        raise SourceError("the file is damaged or isn't rich text")
    plain = rtf_to_text(_RTF_LINK.sub(r"\1", data), errors="replace")  # type: ignore[no-untyped-call]
    lines = str(plain).split("\n")
    lines = [line.replace("|", " ") if line.rstrip().endswith("|") else line for line in lines]  # the rows of tables
    is_wrapped = all(len(line) <= _MAX_WRAPPED for line in lines)
    text = fold_white_space(("\n" if is_wrapped else "\n\n").join(lines))
    exported = exported_articles(text.split("\n")) or separated_articles(text.split("\n"))
    yield from exported
    if exported and isinstance(exported[0], RawArticle):
        return
    properties = dict(_RTF_PROPERTY.findall(data, 0, _RTF_PROPERTIES_END))
    page = clean_saved_page(text)
    declared = {"title": properties.get("title"), "author": properties.get("author")}
    yield RawArticle(page.text, {**declared, **page.metadata})


def _skip_image(_: object) -> list[object]:
    return []
