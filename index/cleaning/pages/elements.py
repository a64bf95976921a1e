"""Elements of a page: which belong to the article, which are paragraphs, and what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Any

from ..authors import are_names, is_name
from ..bylines import parse_byline

_MIN_PARAGRAPH = 120  # characters; of one with the end of a sentence, fewer
_MIN_SENTENCE = 50
_MIN_HEADLINE_WORDS = 3
_MAX_LINKS = 20  # of a list item; one with more is a list itself
_MAX_SHOWN = 2_000  # characters of one element
# Elements around the article, and the headers of other stories.
_OUTSIDE = ("aside", "nav", "footer", "form", "figure", "script", "style", "noscript", "template", "select")
_OUTSIDE_CLASS = re.compile(
    r"related|recommend|sidebar|teaser|promo|most-|popular|trending|comment|newsletter|widget|latest|more-|read-next|event|calendar|deadline|expir"
    r"|today|current|clock|weather|ticker|caption|wm-ipp|toolbar|share|social|cookie|banner",
    re.IGNORECASE,
)
DATE_CLASS = re.compile(
    r"(?<![a-z])(?:date|dateline|datetime|timestamp|time|published|publish|pubdate|posted|updated|modified|byline|meta)"
    r"(?![a-z])|(?:publish|publication|article|post|story|entry)[-_]?(?:date|time|meta|info)",
    re.IGNORECASE,
)
_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:byline|by-line|author|authors|author-?name|writer|reporter)(?![a-z])", re.IGNORECASE
)


def is_inside(element: Any, container: frozenset[Any], has_footer: bool = False) -> bool:
    """Return whether an element belongs to the article, not to what surrounds it or to another story.

    `container` has the elements that contain the article; if it is empty, only the kinds of elements count. The article
    may have a footer of its own (`has_footer`).
    """
    if not isinstance(element.tag, str):
        return False
    for parent in (element, *element.iterancestors()):
        if parent in container or parent.tag == "body":
            return True
        if parent.tag in _OUTSIDE and not (has_footer and parent.tag == "footer"):
            return False
        if container and (parent.tag == "article" or _OUTSIDE_CLASS.search(class_names(parent))):
            return False
        if parent.tag == "li" and _links_headline(parent):
            return False
    return True


def without_teasers(elements: Sequence[Any], container: frozenset[Any]) -> list[Any]:
    """Remove the elements of blocks that link other stories, within the elements that contain the article."""
    teasers = {
        parent
        for element in elements
        if element.tag == "a" and _is_headline(element)
        for parent in (element, *_ancestors_within(element, container))
    }
    return [element for element in elements if teasers.isdisjoint((element, *_ancestors_within(element, container)))]


def _ancestors_within(element: Any, container: frozenset[Any]) -> Iterator[Any]:
    return takewhile(lambda parent: parent not in container, element.iterancestors())


def _links_headline(element: Any) -> bool:
    """Return whether a list item is about another story."""
    return any(map(_is_headline, islice(element.iter("a"), _MAX_LINKS)))


def _is_headline(link: Any) -> bool:
    """Return whether a link is a headline rather than a name."""
    text = shown_text(link)
    return len(text.split()) >= _MIN_HEADLINE_WORDS and not is_name(text)


def is_paragraph(element: Any) -> bool:
    """Return whether an element is running text, even if it is short."""
    if element.tag not in ("p", "div", "section", "blockquote") or not isinstance(element.tag, str):
        return False
    text = (element.text_content() if element.tag == "p" else element.text or "").strip()
    if len(text) >= _MIN_PARAGRAPH:
        return True
    if not text.endswith((".", "!", "?", ".”", '."')):
        return False
    if len(text) >= _MIN_SENTENCE and not (DATE_CLASS.search(class_names(element)) or is_author(element)):
        return True
    rest = parse_byline(text).author
    return rest is not None and not are_names(rest)


def is_author(element: Any) -> bool:
    """Return whether an element is marked as the author or the byline."""
    return bool(_AUTHOR_CLASS.search(class_names(element))) or element.get("rel") == "author"


def class_names(element: Any) -> str:
    """The words that a page's authors mark an element with."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def shown_text(element: Any) -> str:
    """The start of an element's text on one line, with a bar between parts that only the layout separates."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        if pieces and pieces[-1][-1:].isalnum() and piece[:1].isalnum():
            pieces.append(" | ")
        if piece:
            pieces.append(piece)
        length += len(piece)
        if length > _MAX_SHOWN:
            break
    return " ".join("".join(pieces).split())
