"""Extract the text of an article from a prepared page, and notice where most of the page's prose is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ..html_text import html_to_text, tree_paragraphs
from ..page_tree import text_of

Element = Any
# trafilatura's names of elements, and those of HTML.
_HTML_TAGS = {"head": "h2", "item": "li", "quote": "blockquote", "row": "tr", "cell": "td", "lb": "br", "ab": "p"}
_BLOCKS = ("p", "div", "td", "li", "blockquote", "section", "article")
_INLINE = ("a", "b", "i", "em", "strong", "span", "br")
_MARGINAL = {"nav", "footer", "aside", "form", "figure", "figcaption", "head", "button", "noscript", "template"}
_COMMENTS = re.compile(r"comment(?!ary)", re.IGNORECASE)
_PROSE = re.compile(r"[.!?…。！？।؟][\"”»’」』)]?(?:\s|$)")
_MIN_PROSE = 80  # characters of a paragraph
_MAX_LINKED = 0.4  # of a paragraph's characters
_MIN_MAIN = 250  # characters of the longest run of paragraphs; shorter ones may be a notice
_MIN_COVERED = 0.5  # of the longest run of paragraphs
_KEY = 60  # characters without white space that identify a paragraph


def extract_page(tree: Element) -> str:
    """Return the text of the article, with a blank line between paragraphs; empty if there is none.

    Where the result lacks most of the page's longest run of paragraphs, other rules are tried. The first ones that find
    most of these paragraphs are used, or else the paragraphs themselves.
    """
    text = _recognized_text(tree, precise=True)
    main = longest_prose(tree)
    if text and not is_suspiciously_short(text, main):
        return text
    for other in (_recognized_text(tree), _recognized_text(tree, complete=True), _readability_text(tree)):
        if len(other) >= _MIN_MAIN and not is_suspiciously_short(other, main):
            return other
    return "\n\n".join(main) if is_suspiciously_short(text, main) else text


def longest_prose(tree: Element) -> list[str]:
    """Return the paragraphs of the element with the most prose: text in sentences, outside of links and margins."""
    margins = _in_margins(tree)
    runs: dict[Element, list[str]] = defaultdict(list)
    for element in tree.iter(*_BLOCKS):
        if element in margins:
            continue
        text = " ".join("".join(_own_text(element)).split())
        if len(text) < _MIN_PROSE or not _PROSE.search(text):
            continue
        if sum(len(text_of(link)) for link in element.iter("a")) <= _MAX_LINKED * len(text):
            runs[element.getparent() if element.tag == "p" else element].append(text)
    return max(runs.values(), key=lambda run: sum(map(len, run)), default=[])


def is_suspiciously_short(text: str, main: Sequence[str]) -> bool:
    """Return whether a text is much shorter than the page's longest run of paragraphs, and most of them are missing."""
    length = sum(map(len, main))
    if length < max(_MIN_MAIN, 1.5 * len(text)):
        return False
    found = _without_space(text)
    return sum(len(line) for line in main if _without_space(line)[:_KEY] in found) < _MIN_COVERED * length


def _in_margins(tree: Element) -> set[Element]:
    """Return the elements of navigation, footers, forms, pictures and comments."""
    margins: set[Element] = set()
    for element in tree.iter():
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.getparent() in margins or element.tag in _MARGINAL or _COMMENTS.search(name):
            margins.add(element)
    return margins


def _own_text(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph; of another block, the text that isn't in blocks within it."""
    if element.tag == "p":
        yield text_of(element)
        return
    yield element.text or ""
    for child in element:
        yield (text_of(child) if child.tag in _INLINE else " ") + (child.tail or "")


def _without_space(text: str) -> str:
    return "".join(text.split())


def _recognized_text(tree: Element, *, precise: bool = False, complete: bool = False) -> str:
    """Extract the text by the rules of trafilatura, which works on a copy of the tree."""
    # Imported here: only the sandbox process reads HTML, and the main process shouldn't load the libraries.
    import trafilatura
    from trafilatura.settings import Document

    page = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, favor_precision=precise, favor_recall=complete
    )
    if not isinstance(page, Document) or page.body is None:
        return ""
    for element in page.body.iter(*_HTML_TAGS):
        element.tag = _HTML_TAGS[element.tag]
    return "\n\n".join(tree_paragraphs(page.body))


def _readability_text(tree: Element) -> str:
    """Extract the text by the rules of readability."""
    import lxml.etree
    import lxml.html
    from readability import Document as Readability

    try:
        main = Readability(lxml.html.tostring(tree, encoding="unicode")).summary(html_partial=True)
        return html_to_text(main).text
    except (lxml.etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return ""  # readability raises all of these for malformed pages
