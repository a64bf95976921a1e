"""Lists of addresses: text files with one on each line, and bookmarks."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html

from ...errors import SourceError
from ...records import Failure, Skipped
from ..base import ListEntry, decode, read_bytes
from ..xml import parse_xml

LinkItem = ListEntry | Skipped | Failure

_MAX_LABEL = 200  # characters of a line beside its address: longer ones are an article's
_MAX_TITLE_WORDS = 8  # of a line that ends like a sentence
_SNIFFED_BYTES = 4_000
_URL = re.compile(r"https?://[^\s<>\"|\\^`{}]{1,2000}", re.IGNORECASE)
_LINK = re.compile(r"\[[^\[\]]{0,200}\]\(https?://[^\s()]{1,2000}\)|https?://\S{1,2000}", re.IGNORECASE)
_LIST_MARK = re.compile(r"\A(?:[-*+•]|\d{1,5}[.)])\s+(?:\[[ x]\]\s)?")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n")
_WORD = re.compile(r"\w")
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}/\S+", re.IGNORECASE)  # "post.example/ferry"
_BOOKMARKS = re.compile(
    rb"<!doctype\s+netscape-bookmark-file|<title>\s*(?:pocket export|instapaper: export)\s*</title>", re.IGNORECASE
)
_SHORTCUT = re.compile(r"^URL=(\S+)", re.MULTILINE)


def find_text_links(path: Path) -> list[LinkItem]:
    """Return the addresses in a text that is a list of them, with or without titles; none if it is another text."""
    text = decode(read_bytes(path))
    if _FRONT_MATTER.match(text):
        return []  # it names the address of its own article
    addresses: list[str] = []
    labels = linked = 0
    for line in map(str.strip, text.splitlines()):
        found = [] if _is_prose(line) else _addresses(line)
        rest = len(line) - sum(map(len, found))
        if rest > _MAX_LABEL or (not found and _is_sentence(line)):
            return []
        addresses += found
        linked += bool(found)
        labels += bool(line) and not found
    return [ListEntry(url, {}) for url in dict.fromkeys(addresses)] if linked >= max(labels, 1) else []


def find_bookmarks(path: Path) -> list[LinkItem]:
    """Return the addresses in bookmarks that a browser, Pocket or Instapaper exported; none if it is another page."""
    with path.open("rb") as file:
        if not _BOOKMARKS.search(file.read(_SNIFFED_BYTES)):
            return []
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
    root = lxml.html.document_fromstring(read_bytes(path), parser=parser)
    hrefs = dict.fromkeys(str(link.get("href")).strip() for link in root.iter("a") if link.get("href"))
    items: list[LinkItem] = [ListEntry(href, {}) for href in hrefs if _URL.match(href)]
    if others := len(hrefs) - len(items):
        items.append(Skipped("", f"{others:,} of the bookmarks aren't web addresses"))
    return items or [Failure("bookmarks", "there are no web addresses in them")]


def read_opml(path: Path) -> Iterator[LinkItem]:
    """Read a list of feeds, as feed readers export it.

    Raises:
        SourceError: it lists none, or isn't XML.
    """
    count = 0
    for outline in parse_xml(read_bytes(path)).iterfind(".//{*}outline"):
        url = (outline.get("xmlUrl") or outline.get("url") or "").strip()
        if _URL.match(url):
            count += 1
            yield ListEntry(url, {"title": outline.get("title") or outline.get("text")})
        elif url:
            yield Failure(url[:200], "this is not a web address")
    if not count:
        raise SourceError("the file lists no feeds")


def read_shortcut(path: Path) -> Iterator[LinkItem]:
    """Read the address in a shortcut to a web page (.url, .webloc).

    Raises:
        SourceError: there is none in it.
    """
    data = read_bytes(path)
    if path.suffix.lower() == ".webloc":
        content = plistlib.loads(data)
        url = content.get("URL") if isinstance(content, dict) else None
    else:
        match = _SHORTCUT.search(decode(data))
        url = match[1] if match else None
    if not isinstance(url, str) or not _URL.match(url):
        raise SourceError("the shortcut doesn't lead to a web address")
    yield ListEntry(url, {})


def _is_prose(line: str) -> bool:
    """Return whether there are words before and after the addresses in a line, and not just marks or cells."""
    links = list(_LINK.finditer(line))
    if not links or "|" in line or "\t" in line:
        return False
    before, after = line[: links[0].start()], line[links[-1].end() :]
    return bool(_WORD.search(_LIST_MARK.sub("", before)) and _WORD.search(after))


def _addresses(line: str) -> list[str]:
    if _BARE_ADDRESS.fullmatch(line):
        return [f"https://{line}"]
    return list(dict.fromkeys(_without_punctuation(match[0].partition("](")[0]) for match in _URL.finditer(line)))


def _without_punctuation(url: str) -> str:
    """Remove what ends the sentence or the brackets around a URL."""
    while url:
        last = url[-1]
        is_open = last in ")]" and url.count(last) <= url.count("(["[")]".index(last)])
        if last not in ".,;:!?'*_)]" or is_open:
            break
        url = url[:-1]
    return url


def _is_sentence(line: str) -> bool:
    return line.endswith((".", "。")) and len(line.split()) > _MAX_TITLE_WORDS
