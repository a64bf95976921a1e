"""A document of a book: its text, and whether it is an article rather than a cover or a table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import lxml.html

from ...cleaning import html_to_text

_SHORT = 200  # characters: a longer document with sentences is an article in any case
_MAX_LINKED = 0.4  # share of the text that is links: a table of contents has more
_MIN_LINKS = 2  # of a bar
_FRONT_MATTER = frozenset(
    ("cover", "titlepage", "halftitlepage", "toc", "landmarks", "page-list", "copyright-page", "loi", "lot", "index")
)
_SENTENCE_END = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*\Z")
_COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\)|all rights reserved|isbn\b)", re.IGNORECASE)
_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class BookPage:
    """A document of a book.

    Attributes:
        url: the address that it was downloaded from, according to calibre.
        is_article: it has sentences, and isn't a list of links.
    """

    title: str | None
    text: str
    url: str | None = None
    is_article: bool = True

    def followed_by(self, pages: Sequence[BookPage]) -> BookPage:
        """Join this page and those after it into one."""
        if not pages:
            return self
        texts = [self.text, *("\n\n".join(filter(None, (page.title, page.text))) for page in pages)]
        return replace(
            self,
            text="\n\n".join(filter(None, texts)),
            url=next((page.url for page in (self, *pages) if page.url), None),
            is_article=any(page.is_article for page in (self, *pages)),
        )


def read_page(data: bytes) -> BookPage:
    """Read an XHTML document, without links to other pages and the notice that calibre adds to downloaded articles."""
    if not data.strip():
        return BookPage(None, "", is_article=False)
    root = _parse(data)
    url = _without_notice(root)
    is_list = bool(root.xpath("//*[contains(concat(' ', @class), ' calibre_feed_list')]"))
    bars = [element for element in root.iter("div", "p", "nav") if _is_navigation(element)]
    for bar in bars:
        bar.drop_tree()
    page = html_to_text(lxml.html.tostring(root, encoding="unicode") if bars or url else data)
    return BookPage(page.title, page.text, url, not is_list and _is_article(root, page.text))


def _without_notice(root: lxml.html.HtmlElement) -> str | None:
    """Remove the notice of calibre; return the address in it, from which the article was downloaded."""
    links = root.xpath("//a[@rel='calibre-downloaded-from']")
    url = next((str(link.get("href")) for link in links if link.get("href")), None)
    for link in links:
        notice = next((element for element in link.iterancestors("p", "div")), link)
        (notice if len(notice.text_content()) < _SHORT + len(url or "") else link).drop_tree()
    return url


def _is_navigation(element: lxml.html.HtmlElement) -> bool:
    """Return whether a block is a bar of calibre, or has nothing but several links to other pages of the book."""
    if "calibre_navbar" in (element.get("class") or ""):
        return True
    if next(element.iterchildren("div", "p", "nav", "ul", "ol", "table", "section"), None) is not None:
        return False
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) < _MIN_LINKS or any("://" in link.get("href") or link.get("href")[:1] == "#" for link in links):
        return False
    words = sum(map(len, _words(element.text_content())))
    return words == sum(len(word) for link in links for word in _words(link.text_content()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _is_article(root: lxml.html.HtmlElement, text: str) -> bool:
    types = {name for element in root.iter("body", "section") for name in _types(element)}
    if not text or not types.isdisjoint(_FRONT_MATTER):
        return False
    linked = sum(len(link.text_content()) for link in root.iter("a") if link.get("href"))
    if linked > _MAX_LINKED * len(text):
        return False
    paragraphs = text.split("\n\n")
    if len(text) < _SHORT and any(map(_COPYRIGHT.match, paragraphs)):
        return False
    return len(text) >= _SHORT or any(map(_SENTENCE_END.search, paragraphs))


def _types(element: lxml.html.HtmlElement) -> list[str]:
    return str(element.get("epub:type") or element.get(_TYPE) or "").lower().split()


def _parse(data: bytes) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    return lxml.html.document_fromstring(data, parser=parser)
