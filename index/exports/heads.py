"""The lines above the text of an article that somebody pasted: headline, author, day and outlet, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .days import find_day, is_date_line, without_date
from .labels import clean_authors, header_label, is_byline

_MAX_HEADLINE = 250  # characters
_MAX_MASTHEAD = 6  # words
_MAX_LINES = 6
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]?$")
_SEPARATORS = ("|", "·", "•", "–", "—")
_EDGES = " ,.;:|()[]·•–—-"


class Head(NamedTuple):
    """Values for the keys of an article's metadata, and the number of lines that they are in."""

    metadata: dict[str, str]
    line_count: int


def read_head(lines: Sequence[str]) -> Head:
    """Read the lines above the text, up to the first that is something else."""
    metadata: dict[str, str] = {}
    for number, line in enumerate(lines[:_MAX_LINES]):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if not _read_line(line, following, metadata):
            return Head(metadata, number)
    return Head(metadata, min(len(lines), _MAX_LINES))


def is_headline(line: str) -> bool:
    """Return whether a line may be a headline: it isn't a sentence, nor a paragraph."""
    return len(line) <= _MAX_HEADLINE and _SENTENCE_END.search(line) is None


def is_signature(line: str) -> bool:
    """Return whether a line is a byline that starts with "By"."""
    return line[:3].casefold() in ("by ", "by:") and is_byline(line)


def _read_line(line: str, following: str, metadata: dict[str, str]) -> bool:
    """Read a line of a head. Return whether it is one."""
    label = header_label(line)
    if label is not None and label[0] not in ("", "body"):
        _set_labelled(metadata, *label)
    elif is_signature(line) and "author" not in metadata:
        metadata["author"] = clean_authors(line)
    elif (outlet := _dated_outlet(line)) is not None and "published" not in metadata:
        day = find_day(line)
        metadata["published"] = day.isoformat() if day else ""
        if outlet:
            metadata.setdefault("publisher", outlet)
    elif not is_headline(line):
        return False
    elif "title" not in metadata:
        metadata["title"] = line
    elif (
        "publisher" not in metadata
        and _is_masthead(metadata["title"])
        and ("published" in metadata or is_signature(following))
    ):
        metadata["publisher"], metadata["title"] = metadata["title"], line
    else:
        return False
    return True


def _set_labelled(metadata: dict[str, str], key: str, value: str) -> None:
    if key == "published":
        day = find_day(value)
        value = day.isoformat() if day else ""
    elif key == "author":
        value = clean_authors(value)
    if value:
        metadata.setdefault(key, value)


def _dated_outlet(line: str) -> str | None:
    """Return the outlet in "The Northbridge Post, 7 March 2023", "" in a line with only a day, and None elsewhere."""
    if find_day(line) is None or not is_headline(line):
        return None
    rest = without_date(line)
    if is_date_line(line) and not rest.startswith(_SEPARATORS):
        return ""
    rest = rest.strip(_EDGES)
    return rest if _is_title(rest) and len(rest.split()) <= _MAX_MASTHEAD else None


def _is_masthead(line: str) -> bool:
    """Return whether a line above a headline is the name of an outlet: "THE ECHO", "The Northbridge Post"."""
    is_named = line.isupper() or line.startswith("The ")
    return is_named and len(line.split()) <= _MAX_MASTHEAD and _is_title(line)


def _is_title(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)
