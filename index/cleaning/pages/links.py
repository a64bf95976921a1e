"""Recognise pages that list other articles, and articles that continue on another page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, islice
from statistics import median
from typing import Any
from urllib.parse import unquote

from ..html_text import tree_paragraphs
from ..page_tree import HEADING_TAGS, is_own_line, text_of

Element = Any

_MIN_TEASERS = 4  # beside each other
_MAX_TEASER = 500  # characters, in the median; posts of a blog are longer
_MIN_TITLE, _MAX_TITLE = 12, 200  # characters of the link to an article
_TITLE_TAGS = {*HEADING_TAGS, "p", "div", "li", "dt", "td"}
_MOSTLY = 0.6  # of the text of a list of links is in teasers
_LAST_NUMBER = re.compile(r"(|.*\D)(\d{1,2})(?:/|\.\w{2,5})?(?:[?#].*)?", re.DOTALL)
_PAGE_WORD = re.compile(r"(?<=[/?&_.,-])(?:p|pg|page|seite|pagina|página)\Z", re.IGNORECASE)
_SEPARATORS = "/?&=_.,-"
_HOST = re.compile(r"\A(?:https?:)?//[^/?#]*", re.IGNORECASE)
_MAX_PAGES = 50


def is_list_of_links(root: Element, paragraphs: Sequence[str]) -> bool:
    """Return whether most of the text that was found in a page is in teasers of other pages."""
    teasers = {line for card in _teasers(root) for line in tree_paragraphs(card)}
    length = sum(map(len, paragraphs))
    return sum(len(line) for line in paragraphs if line in teasers) > _MOSTLY * length


def next_page(root: Element) -> str | None:
    """Return the address of the page that continues the article, if the page links to one with the next number."""
    canonical = root.xpath("string(//link[@rel='canonical']/@href)")
    addresses = root.xpath("//link[@rel='next']/@href | //a[@rel='next']/@href")
    return next((str(address) for address in addresses if _is_next(str(canonical), str(address))), None)


def _teasers(root: Element) -> list[Element]:
    """Return the elements that contain the title of one other page each, if several are beside each other."""
    counts: dict[Element, int] = defaultdict(int)
    titles = [link for link in root.iter("a") if _is_title_link(link)]
    for link in titles:
        for parent in link.iterancestors():
            counts[parent] += 1
    groups: dict[Element, list[Element]] = defaultdict(list)
    for link in titles:
        card = link
        while card.getparent() is not None and counts[card.getparent()] == 1:
            card = card.getparent()
        if card.getparent() is not None:
            groups[card.getparent()].append(card)
    found: list[Element] = []
    for cards in groups.values():
        teasers = [[card, *_summary(card)] for card in cards]
        if len(cards) >= _MIN_TEASERS and median(sum(len(text_of(part)) for part in t) for t in teasers) <= _MAX_TEASER:
            found += chain.from_iterable(teasers)
    return found


def _summary(card: Element) -> list[Element]:
    """Return the paragraph after a heading that is a link within the site and by itself, if there is only one."""
    if card.tag not in HEADING_TAGS or not all(_is_relative(link) for link in card.iter("a")):
        return []
    following = list(islice(card.itersiblings(), 2))
    is_single = len(following) == 1 or (len(following) == 2 and following[1].tag in HEADING_TAGS)
    return following[:1] if is_single and following[0].tag == "p" else []


def _is_relative(link: Element) -> bool:
    return _HOST.match(link.get("href") or "") is None


def _is_title_link(link: Element) -> bool:
    """Return whether a link to another page is a heading, contains one, or is a paragraph of its own."""
    if (link.get("href") or "#").startswith("#"):
        return False
    text, parent = " ".join(text_of(link).split()), link.getparent()
    if next(link.iter(*HEADING_TAGS), None) is not None:
        return bool(text)
    return (
        _MIN_TITLE <= len(text) <= _MAX_TITLE and parent is not None and parent.tag in _TITLE_TAGS and is_own_line(link)
    )


def _is_next(canonical: str, address: str) -> bool:
    """Return whether an address ends with the number of a page, and is otherwise that of the same article."""
    match = _LAST_NUMBER.fullmatch(unquote(address))
    if match is None or not 2 <= int(match[2]) <= _MAX_PAGES:
        return False
    name = _PAGE_WORD.sub("", _HOST.sub("", match[1]).rstrip(_SEPARATORS)).rstrip(_SEPARATORS)
    return name.lstrip("./") in unquote(canonical) if canonical else bool(name) or address.startswith("?")
