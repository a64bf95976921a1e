"""The headline of a page and the name of its outlet, which titles and copyright lines give together."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from ...text import OUTLET_NOUNS
from ..outlets import MAX_NAME_WORDS, copyright_holder
from .elements import shown_text

_SEPARATOR = re.compile(r"\s[|–—\-·•:»«/]{1,2}\s|\s?[|»«]\s?")
_SIGN = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)

# Publishers in JSON-LD that aren't the outlet: the agency of the text, and the software of the site.
AGENCIES = frozenset((
    *("afp", "agence france-presse", "ap", "associated press", "bloomberg", "dpa", "pa media", "press association"),
    *("reuters", "the associated press", "thomson reuters", "blogger", "medium", "wordpress", "wordpress.com"),
))  # fmt: skip


def headline(title: str | None, headings: Sequence[str]) -> str:
    """Return the headline of a title: a heading that is the same without the name of the site, or the title itself.

    Args:
        title: a title by JSON-LD, meta tags, or of the window.
        headings: the headings of the article.
    """
    full = _plain(title)
    if heading := matching_heading(full, headings) or ("" if full else next(map(_plain, headings), "")):
        return heading
    name = outlet_in_title(full, headings)
    return (full.removesuffix(name).rstrip(" |–—-·•:»«/") if name else full) or full


def matching_heading(title: str, headings: Sequence[str]) -> str | None:
    """Return the heading that is the title, apart from the name of the site in it."""
    return next((text for text in map(_plain, headings) if text and _is_without_site(text, _plain(title))), None)


def clean_outlet(name: str) -> str | None:
    """Return the name of an outlet without its account's sign, address or second name."""
    return _SEPARATOR.split(_plain(name))[0].lstrip("@").strip() or None


def outlet_in_title(title: str | None, headings: Sequence[str], host: str = "") -> str | None:
    """Return the name of the outlet in a title such as "Ferry to close | Live - Northbridge Post"."""
    full = _plain(title)
    heading = next((text for text in map(_plain, headings) if text and _is_without_site(text, full)), None)
    parts = [part.strip() for part in _SEPARATOR.split(full.replace(heading, "", 1) if heading else full)]
    parts = [part for part in parts if part]
    if not parts or (heading is None and len(parts) < 2):
        return None
    return next((part for part in reversed(parts) if _is_outlet(part, host)), None)


def outlet_in_copyright(tree: Any) -> str | None:
    """Return the name in the copyright line under the page: "Northbridge Post" of "© 2023 Northbridge Post"."""
    names: list[str] = []
    for element in tree.iter("footer", "p", "div", "span", "small"):
        own = "".join((element.text or "", *(child.tail or "" for child in element)))
        if _SIGN.search(own) and _is_in_footer(element) and (name := copyright_holder(shown_text(element))):
            names.append(name)
    return names[-1] if names else None


def host_of(url: str | None) -> str | None:
    """Return the host of an address as the name of the outlet, if nothing else names it."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def is_headline(publisher: str, title: str | None) -> bool:
    """Return whether what is given as the name of the outlet is the headline, or contains it."""
    return bool(title) and _plain(title).casefold() in _plain(publisher).casefold()


def _plain(text: str | None) -> str:
    return " ".join(html.unescape(html.unescape(text or "")).split())


def _is_without_site(heading: str, title: str) -> bool:
    """Return whether a heading is the title, apart from the name of the site or of the section, or from an ellipsis."""
    short, full = heading.casefold(), title.casefold()
    if short == full:
        return True
    if full.endswith(("…", "...")):
        return short.startswith(full.rstrip(". …"))
    before, found, after = full.partition(short)
    is_apart = (not before or before.rstrip()[-1:] in "|–—-·•:»«/") and (
        not after or after.lstrip()[:1] in "|–—-·•:»«/"
    )
    return bool(found) and len(short.split()) >= 2 and is_apart


def _is_outlet(name: str, host: str) -> bool:
    words = name.split()
    if not words or len(words) > MAX_NAME_WORDS:
        return False
    is_capitalised = all(word[:1].isupper() or word in ("of", "the", "and", "&") for word in words)
    return _is_in_host(name, host) or (len(words) > 1 and is_capitalised and words[-1].lower() in OUTLET_NOUNS)


def _is_in_host(name: str, host: str) -> bool:
    bare = re.sub(r"\W", "", name.casefold())
    return len(bare) >= 3 and bare in re.sub(r"\W", "", host.casefold())


def _is_in_footer(element: Any) -> bool:
    """Return whether a line is in the page's footer, or below its article."""
    for parent in (element, *element.iterancestors()):
        names = f"{parent.get('class') or ''} {parent.get('id') or ''}".lower()
        if parent.tag == "footer" or "footer" in names or "copyright" in names:
            return True
        if parent.tag in ("article", "main", "figure"):
            return False
    return bool(_SIGN.match((element.text or "").strip()))
