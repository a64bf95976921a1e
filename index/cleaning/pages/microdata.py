"""The article that a page describes in microdata: attributes `itemscope` and `itemprop` on any element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .elements import is_inside, shown_text

_KEYS = {
    "headline": "title",
    "datePublished": "published",
    "dateModified": "modified",
    "author": "author",
    "publisher": "publisher",
    "inLanguage": "language",
}
_MAX_VALUES = 20  # of one property


def microdata_values(tree: Any, titles: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of the article's properties, by metadata key. Those of other stories are left out.

    Args:
        tree: the page, parsed by lxml.
        titles: the page's headings and titles, by which its article is known if there are several.
    """
    scopes = [element for element in tree.xpath("//*[@itemscope]") if _is_article(element)]
    if len(scopes) > 1:
        scopes = [scope for scope in scopes if _is_titled(scope, titles)][:1]
        if not scopes:
            return {}
    values: dict[str, list[str]] = {}
    for name, element in _properties(scopes[0] if scopes else tree, is_article=bool(scopes)):
        if (key := _KEYS.get(name)) and (value := _value(element)):
            found = values.setdefault(key, [])
            if len(found) < _MAX_VALUES:
                found.append(value)
    return values


def _is_article(element: Any) -> bool:
    kind = (element.get("itemtype") or "").rstrip("/#")
    return kind.endswith(("Article", "Posting", "Report"))


def _is_scope(element: Any, article: Any) -> bool:
    """Return whether the properties in an element are its own. A date in a person isn't: an end tag is missing."""
    kind = (element.get("itemtype") or "").lower()
    is_transparent = element is not article and kind.endswith(("person", "organization", "imageobject"))
    return element.get("itemscope") is not None and not is_transparent


def _is_titled(scope: Any, titles: Sequence[str]) -> bool:
    headings = (element for element in scope.iter() if element.tag == "h1" or element.get("itemprop") == "headline")
    known = {title.casefold() for title in titles}
    return any((_value(heading) or "").casefold() in known for heading in headings)


def _properties(scope: Any, is_article: bool) -> Iterator[tuple[str, Any]]:
    """Yield the properties of a scope, without those of scopes within it."""
    within = frozenset((scope, *scope.iterancestors())) if is_article else frozenset()
    for element in scope.xpath(".//*[@itemprop]"):
        if not is_inside(element, within, has_footer=is_article):
            continue
        owner = next((parent for parent in element.iterancestors() if _is_scope(parent, scope)), None)
        is_own = owner is scope if is_article else owner is None or "WebPage" in (owner.get("itemtype") or "")
        if is_own:
            yield from ((name, element) for name in element.get("itemprop").split())


def _value(element: Any) -> str | None:
    """Return the value of a property: of a person or an organisation, the name."""
    if element.get("itemscope") is not None:
        named = (child for child in element.iter() if child is not element and child.get("itemprop") == "name")
        element = next(named, element)
    value = element.get("content") or element.get("datetime") or shown_text(element)
    return " ".join(value.split()) or None
