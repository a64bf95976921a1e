"""The article that a page describes in JSON-LD (schema.org). Another story's data never supplies anything."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...text import FUNCTION_WORDS

_MAX_JSON = 1_000_000  # characters of one script
_MAX_NODES = 10_000
_ARTICLES = ("Article", "Posting", "Report")
_KEYS = {
    "title": ("headline", "name"),
    "published": ("datePublished",),
    "modified": ("dateModified",),
    "author": ("author", "creator"),
    "publisher": ("publisher", "sourceOrganization"),
    "language": ("inLanguage",),
}
_FINAL_COMMA = re.compile(r",(?=\s{0,20}[}\]])")
_MARKS_BEFORE = ("//", "/*", "*/", "<!--", "<![CDATA[")
_MARKS_AFTER = ("//", "/*", "*/", "-->", "]]>", ";")
_MIN_SHARED = 0.5  # of the words of the shorter headline: many pages have a second headline for search engines


def json_ld_values(tree: Any, titles: Sequence[str], urls: Sequence[str]) -> dict[str, list[str]]:
    """Return what the JSON-LD of a page says about its article.

    Args:
        tree: the page, parsed by lxml.
        titles: the page's headings and titles. An article with another headline isn't the page's.
        urls: the page's addresses, by which its article is known as well.
    """
    nodes = list(_nodes(tree))
    by_id: dict[str, dict[str, Any]] = {}
    for node in nodes:
        if isinstance(node_id := node.get("@id"), str) and len(node) > 1:
            by_id.setdefault(node_id, node)
    article = _main_article([node for node in nodes if _is_a(node, _ARTICLES)], titles, urls)
    page = _main_article([node for node in nodes if _is_a(node, ("WebPage",))], titles, urls)
    values = {key: [_text(_property(article, names), by_id)] for key, names in _KEYS.items()}
    for key in ("published", "modified"):  # of the page, if it doesn't describe its article
        values[key].append(_text(_property(page, _KEYS[key]), {}))
    return {key: [value for value in found if value and "://" not in value] for key, found in values.items()}


def _property(node: Mapping[str, Any], names: Sequence[str]) -> object:
    return next((node[name] for name in names if node.get(name)), None)


def _main_article(articles: Sequence[dict[str, Any]], titles: Sequence[str], urls: Sequence[str]) -> Mapping[str, Any]:
    """Return the description of the page's article, or an empty one."""
    addresses = {_bare(url) for url in urls}
    named = [node for node in articles if _shares_title(node, titles)]
    addressed = [node for node in articles if addresses & set(map(_bare, _addresses(node)))]
    for candidates in ([node for node in named if node in addressed], named, addressed):
        if candidates:
            return candidates[0]
    unnamed = [node for node in articles if not _text(node.get("headline") or node.get("name"), {})]
    is_only = len(articles) == 1 and (unnamed or not titles)
    return articles[0] if is_only and not (addresses and _addresses(articles[0])) else {}


def _shares_title(node: Mapping[str, Any], titles: Sequence[str]) -> bool:
    headlines = [_words(_text(node.get(name), {})) for name in ("headline", "name", "alternativeHeadline")]
    for title in map(_words, titles):
        for headline in headlines:
            shorter = min(len(title), len(headline))
            if shorter and len(title & headline) >= max(min(2, shorter), _MIN_SHARED * shorter):
                return True
    return False


def _words(title: str) -> set[str]:
    words = set(re.findall(r"\w+", title.casefold()))
    return words - FUNCTION_WORDS or words


def _addresses(node: Mapping[str, Any]) -> list[str]:
    page = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), page.get("@id") or page.get("url") if isinstance(page, dict) else page]
    return [value for value in values if isinstance(value, str) and value.startswith(("http://", "https://"))]


def _bare(url: str) -> str:
    """An address without what differs between the editions of a page."""
    return re.sub(r"^https?://(?:www\.|m\.)?|[?#].*", "", url.strip().casefold()).rstrip("/")


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's scripts, breadth first."""
    for script in tree.iter("script"):
        text = script.text or ""
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        if kind != "application/ld+json" or len(text) > _MAX_JSON:
            continue
        if (parsed := _parsed(_unwrapped(text))) is None:
            continue
        queue = [parsed]
        for position in range(_MAX_NODES):
            if position >= len(queue):
                break
            node = queue[position]
            if isinstance(node, list):
                queue += node
            elif isinstance(node, dict):
                yield node
                queue += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _parsed(text: str) -> Any:
    """Parse JSON, also with escaped quotation marks or commas at the end of a list, as some sites write it."""
    for candidate in (text, _FINAL_COMMA.sub("", text), html.unescape(text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(text: str) -> str:
    """Return the JSON of a script without the marks of comments and CDATA sections around it."""
    text, before = text.strip(), ""
    while text != before:
        before = text
        for mark in _MARKS_BEFORE:
            text = text.removeprefix(mark).lstrip()
        for mark in _MARKS_AFTER:
            text = text.removesuffix(mark).rstrip()
    return text


def _is_a(node: Mapping[str, Any], kinds: tuple[str, ...]) -> bool:
    node_type = node.get("@type")
    types = node_type if isinstance(node_type, list) else [node_type]
    return any(isinstance(name, str) and name.endswith(kinds) for name in types)


def _text(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a text, the name of a person or an organisation, or a list of these joined by semicolons."""
    if isinstance(value, dict):
        known = by_id.get(str(value.get("@id")), {}) if not value.get("name") else {}
        value = value.get("name") or value.get("@value") or known.get("name")
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(filter(None, (_text(item, by_id) for item in value[:20]))))
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return " ".join(value.split()) if isinstance(value, str) else ""
