"""The header of an article on its page: the heading, and the byline and dates between it and the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import Any

from ..authors import are_names, clean_authors, is_name
from ..bylines import MAX_BYLINE, is_change_label, parse_byline
from ..dates import DateOrder, parse_date
from .elements import DATE_CLASS, class_names, is_author, is_inside, is_paragraph, shown_text, without_teasers

_MAX_ELEMENTS = 600  # before the heading and after it
_CONTAINERS = ("article", "main", "header")
_LINES = ("p", "div", "span", "li", "dd", "td", "small", "h2", "h3", "h4")
_LABELLED = re.compile(r"(?:by|written by|(?:first |originally )?(?:published|posted))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageHeader:
    """What the header shows. Missing values are None."""

    headings: tuple[str, ...] = ()
    author: str | None = None
    published: date | None = None
    modified: date | None = None


def read_header(
    tree: Any, titles: Sequence[str], order: DateOrder | None = None, author: str | None = None
) -> PageHeader:
    """Read the header of the article on a page parsed by lxml.

    Args:
        titles: the titles that the page declares, by which its heading is known.
        order: the order of numeric dates on the page, if known.
        author: the author found by other rules. It counts if the header shows none and the article names it.
    """
    headings = [element for element in tree.iter("h1") if is_inside(element, frozenset())]
    heading = _own_heading(headings, titles)
    published: list[date] = []
    modified: list[date] = []
    authors: list[Any] = []
    for element in _elements(tree, heading):
        is_time = element.tag in ("time", "abbr") or element.get("itemprop") in ("datePublished", "dateModified")
        if is_time and (day := _time(element, order)):
            is_change = _is_change(element)
            if is_change is not None:
                (modified if is_change else published).append(day)
        elif is_author(element):
            authors.append(element)
            _add_dates(element, order, published, modified)
        elif DATE_CLASS.search(class_names(element)):
            _add_dates(element, order, published, modified)
        elif _is_byline(element, order):
            authors.append(element)
            _add_dates(element, order, published, modified)
    return PageHeader(
        headings=tuple(dict.fromkeys(shown_text(element) for element in _ordered(heading, headings))),
        author=_authors(authors) or (author if author and _is_shown(tree, heading, author) else None),
        published=min(published, default=None),
        modified=max(modified, default=None),
    )


def _authors(elements: Sequence[Any]) -> str | None:
    """Return the names in the innermost of the elements with authors, or else in the outer ones."""
    outer = {parent for element in elements for parent in element.iterancestors()}
    innermost = [element for element in elements if element not in outer]
    for group in (innermost, elements):
        texts = [text for element in group if len(text := shown_text(element)) <= MAX_BYLINE]
        if (names := clean_authors(texts)) and are_names(names):
            return names
    return None


def _is_shown(tree: Any, heading: Any | None, author: str) -> bool:
    """Return whether the first name of a list stands in the article, not only beside it or in another story."""
    name = re.split("[;,|]", author)[0].strip().casefold()
    within = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    return any(
        name in (element.text or "").casefold() and is_inside(element, within)
        for element in tree.iter()
        if isinstance(element.tag, str)
    )


def _own_heading(headings: Sequence[Any], titles: Sequence[str]) -> Any | None:
    """Return the heading that is part of a declared title, or else the first."""
    for heading in headings:
        text = shown_text(heading).casefold()
        if text and any(text in title.casefold() for title in titles):
            return heading
    return headings[0] if headings else None


def _is_byline(element: Any, order: DateOrder | None) -> bool:
    """Return whether an element that isn't marked is a line with a label or a name, and a date."""
    if element.tag not in _LINES:
        return False
    line = shown_text(element)
    if len(line) > MAX_BYLINE or not re.search(r"\d", line):
        return False
    byline = parse_byline(line, order)
    if byline.published is None and byline.modified is None:
        return False
    return bool(_LABELLED.match(line)) or (byline.author is not None and is_name(byline.author))


def _ordered(first: Any | None, headings: Sequence[Any]) -> list[Any]:
    return list(headings) if first is None else [first, *headings]


def _elements(tree: Any, heading: Any | None) -> Iterator[Any]:
    """Yield the elements of the header: from the start of the article to the text after the heading.

    One paragraph may be the summary of the article, with the byline after it.
    """
    start = _start(tree, heading)
    if start is None:
        return
    within = frozenset((start, *start.iterancestors()) if heading is None else heading.iterancestors())
    paragraphs: list[Any] = []
    for element in _in_order(start, heading):
        if len(paragraphs) > 1:
            return
        if any(parent in paragraphs for parent in element.iterancestors()):
            continue
        if is_paragraph(element):
            paragraphs.append(element)
        elif is_inside(element, within):
            yield element


def _start(tree: Any, heading: Any | None) -> Any | None:
    """Return the innermost element for an article or its header with the heading, or the heading alone."""
    if heading is None:
        return next(tree.iter("article", "main"), None)
    container = next((parent for parent in heading.iterancestors() if parent.tag in _CONTAINERS), None)
    if container is None:
        return heading
    outer = container.getparent()
    is_article = container.tag == "header" and outer is not None and outer.tag in _CONTAINERS
    return outer if is_article else container


def _in_order(start: Any, heading: Any | None) -> Iterator[Any]:
    """Yield the elements from the start of a container to the heading, and then all that follow the heading."""
    if heading is None:
        yield from islice(start.iter(), _MAX_ELEMENTS)
        return
    before = takewhile(lambda element: element is not heading, islice(start.iter(), _MAX_ELEMENTS))
    yield from without_teasers(list(before), frozenset(heading.iterancestors()))
    yield from islice(_following(heading), _MAX_ELEMENTS)


def _following(heading: Any) -> Iterator[Any]:
    """Yield the elements after another one in the order of the page."""
    element = heading
    while element is not None:
        for sibling in element.itersiblings():
            yield from sibling.iter()
        element = element.getparent()


def _time(element: Any, order: DateOrder | None) -> date | None:
    """Return the day of an element. The day that it shows is the article's own; its attribute may be in UTC."""
    declared = next(
        (day for name in ("datetime", "content", "title") if (day := parse_date(element.get(name), order))), None
    )
    shown = parse_date(shown_text(element), order)
    if declared and shown and abs(declared - shown) > timedelta(days=1):
        return declared
    return shown or declared


def _is_change(element: Any) -> bool | None:
    names = class_names(element).casefold()
    if "datepublished" in names or "published" in names:
        return False
    if "datemodified" in names or "updated" in names or "modified" in names:
        return True
    return is_change_label(_text_before(element))


def _text_before(element: Any) -> str:
    """The words before an element on the same line."""
    previous = element.getprevious()
    if previous is not None:
        is_label = previous.tag in ("span", "b", "strong", "em", "i", "label", "small") and not parse_date(
            previous.text
        )
        return f"{shown_text(previous) if is_label else ''} {previous.tail or ''}"[-60:]
    parent = element.getparent()
    if parent is None:
        return ""
    text: str = parent.text or ""
    return text[-60:] if text.strip() or parent.tag not in ("span", "b", "strong", "a") else _text_before(parent)


def _add_dates(element: Any, order: DateOrder | None, published: list[date], modified: list[date]) -> None:
    """Add the dates of a line, unless its elements have them."""
    if any(child.tag == "time" for child in element.iter()):
        return
    line = shown_text(element)
    byline = parse_byline(line, order) if len(line) <= MAX_BYLINE else None
    if byline is not None and byline.published:
        published.append(byline.published)
    if byline is not None and byline.modified:
        modified.append(byline.modified)
