"""Prepare the tree of a page or a chapter: what a browser displays as text is text, in one place and as written.

Each step walks the tree once and leaves all other words as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

# An element of lxml. The main process reads no HTML, so it shouldn't load the library for a type.
Element = Any

_STRUCK = ".//del | .//s | .//strike | .//*[contains(translate(@style, ' ', ''), 'line-through')]"
_HIDDEN = ".//*[@hidden] | .//noscript | .//*[contains(translate(@style, ' ', ''), 'display:none')]"
_NOTE_NUMBER = re.compile(r"\[?\s*(?:\d{1,3}|[a-z*†‡])\s*\]?")
_AFTER_CLAUSE = re.compile(r"[^\W\d_][.,;:!?”\"’)]\Z")  # "voted.¹", but not "12 km²"
_QUOTATION_MARK = re.compile(r"[\"“”„«»‘’']")
_INLINE_TAGS = (
    "span",
    "b",
    "strong",
    "big",
    "font",
    "i",
    "em",
)
_ONE_LETTER_WORDS = "AEIOUYÀÉÓ"
_SENTENCE = re.compile(r".{40,}[.!?…][\"”»’')\]]*", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_MIN_PROSE = 100  # characters without links in a container of paragraphs
_MIN_PARAGRAPHS = 2  # beside a linked one: fewer are a teaser
HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def prepare_tree(root: Element) -> None:
    """Modify a tree in place: steps for any HTML."""
    remove_struck_text(root)
    remove_note_numbers(root)
    mark_quotations(root)
    join_drop_caps(root)


def prepare_page(root: Element) -> None:
    """Modify the tree of a web page in place, so that no part of its article is taken for navigation."""
    prepare_tree(root)
    unlink_paragraphs(root)
    join_containers(root)


def remove_struck_text(root: Element) -> None:
    """Remove what is displayed as struck out, unless it is most of the text: an end tag is missing."""
    _remove_all(root, _STRUCK)


def remove_hidden_text(root: Element) -> None:
    """Remove what browsers with scripts don't display, unless it is most of the text: a script would display it."""
    _remove_all(root, _HIDDEN)


def _remove_all(root: Element, path: str) -> None:
    most = len(text_of(root)) / 2
    for element in root.xpath(path):
        if len(text_of(element)) <= most:
            _remove(element)


def remove_note_numbers(root: Element) -> None:
    """Remove the numbers of footnotes: links to a place on the page ("voted¹"), and any after a clause ("it.¹")."""
    for link in root.xpath(".//a[starts-with(@href, '#') or ancestor::sup]"):
        number = text_of(link).strip()
        mark = link.getparent() if link.getparent() is not None and link.getparent().tag == "sup" else link
        is_marked = mark.tag == "sup" or link.find("sup") is not None or number.startswith("[")
        if is_marked and _NOTE_NUMBER.fullmatch(number) and text_of(mark).strip() == number:
            _remove(mark)
    for mark in root.iter("sup"):
        before = mark.getprevious()
        text = (mark.getparent().text if before is None else before.tail) if mark.getparent() is not None else ""
        if _AFTER_CLAUSE.search((text or "")[-3:]) and _NOTE_NUMBER.fullmatch(text_of(mark).strip()):
            mark.clear(keep_tail=True)


def mark_quotations(root: Element) -> None:
    """Add the quotation marks that browsers display around `<q>`, unless the text has them."""
    for quotation in root.iter("q"):
        text = text_of(quotation).strip()
        if text and not _QUOTATION_MARK.match(text):
            quotation.text = "“" + (quotation.text or "").lstrip()
            last = quotation[-1] if len(quotation) else None
            if last is None:
                quotation.text = quotation.text.rstrip() + "”"
            else:
                last.tail = (last.tail or "").rstrip() + "”"
        quotation.tag = "span"


def join_drop_caps(root: Element) -> None:
    """Remove the space between a large first letter and the rest of its word."""
    words: set[str] | None = None
    for element in root.iter(*_INLINE_TAGS):
        if element.getprevious() is not None or element.getparent() is None or (element.getparent().text or "").strip():
            continue
        letter, rest = text_of(element).strip(), element.tail or ""
        if len(letter) != 1 or not letter.isupper() or not rest[:1].isspace() or not rest.strip()[:1].islower():
            continue
        word = _WORD.match(rest.strip())
        if letter in _ONE_LETTER_WORDS and word:
            words = set(_WORD.findall(text_of(root).lower())) if words is None else words
            if letter.lower() + word[0] not in words:
                continue  # "A man", not "Aman"
        element.tail = rest.lstrip()


def unlink_paragraphs(root: Element) -> None:
    """Remove the link around a whole paragraph of an article, so that it isn't taken for a list of links."""
    for link in list(root.iter("a")):
        outer = link
        while is_whole_content(outer) and outer.getparent().tag in _INLINE_TAGS:
            outer = outer.getparent()
        paragraph = outer.getparent()
        if paragraph is None or paragraph.tag != "p" or not is_whole_content(outer):
            continue
        if paragraph.getparent() is None or not _SENTENCE.fullmatch(text_of(paragraph).strip()):
            continue
        plain = (beside for beside in _near(paragraph) if beside.tag == "p" and beside.find(".//a") is None)
        if sum(len(text_of(beside)) >= _MIN_PROSE / 2 for beside in plain) >= _MIN_PARAGRAPHS:
            link.drop_tag()


def join_containers(root: Element) -> None:
    """Wrap the containers that an article is divided into, for example by advertisements, in one container."""
    groups: dict[tuple[Element, str, str], list[Element]] = defaultdict(list)
    for element in root.iter("div", "section"):
        if element.get("class") and element.getparent() is not None and _contains_prose(element):
            groups[(element.getparent(), element.tag, element.get("class"))].append(element)
    for (parent, tag, name), parts in groups.items():
        if len(parts) < 2 or any(part.getparent() is not parent for part in parts):
            continue
        wrapper = parent.makeelement(tag, {"class": name})
        parts[0].addprevious(wrapper)
        _move_until(parts[-1], wrapper)
        for part in parts:
            part.drop_tag()


def text_of(element: Element) -> str:
    """Return the text of an element and of everything in it."""
    return "".join(element.itertext(with_tail=False))


def is_whole_content(element: Element) -> bool:
    """Return whether an element is all that its parent contains."""
    parent = element.getparent()
    if parent is None or element.getprevious() is not None or element.getnext() is not None:
        return False
    return not (parent.text or "").strip() and not (element.tail or "").strip()


def is_own_line(element: Element) -> bool:
    """Return whether an inline element has no text beside it in the same line."""
    before, after = element.getprevious(), element.getnext()
    if any(beside is not None and beside.tag in (*_INLINE_TAGS, "a") for beside in (before, after)):
        return False
    text_before = element.getparent().text if before is None else before.tail
    return not (text_before or "").strip() and not (element.tail or "").strip()


def has_linked_heading(element: Element) -> bool:
    """Return whether a heading in an element is a link: the element is a teaser of another page."""
    for heading in element.iter(*HEADING_TAGS):
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        if any(not (link.get("href") or "#").startswith("#") for link in links):
            return True
    return False


def _contains_prose(element: Element) -> bool:
    """Return whether an element has paragraphs of its own and isn't a teaser."""
    own = sum(len(text_of(child)) for child in element if child.tag == "p" and child.find(".//a") is None)
    return own >= _MIN_PROSE and not has_linked_heading(element)


def _move_until(last: Element, wrapper: Element) -> None:
    """Move the elements after a wrapper into it, up to the last one. The text after that stays outside."""
    moved = []
    for sibling in wrapper.itersiblings():
        moved.append(sibling)
        if sibling is last:
            break
    wrapper.tail, last.tail = last.tail, None
    wrapper.extend(moved)


def _near(element: Element) -> Iterator[Element]:
    """Yield up to ten siblings on each side of an element."""
    for siblings in (element.itersiblings(preceding=True), element.itersiblings()):
        for sibling, _ in zip(siblings, range(10), strict=False):
            yield sibling


def _remove(element: Element) -> None:
    """Remove an element, but not the text after it."""
    if element.getparent() is not None:
        element.drop_tree()
