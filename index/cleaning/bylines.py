"""The lines of a byline: who wrote an article, and the days on which it was published and changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .authors import clean_authors
from .dates import DateOrder, FoundDate, find_date

MAX_BYLINE = 240  # characters; a longer line is a paragraph

# The words before a date, in the languages of `dates`: of a change, and of days that aren't the article's.
_CHANGED = re.compile(
    r"\b(?:updat|modif|edited|revis|correct|amend|chang|aktualis|geändert|bearbeitet|mis à jour|mise à jour|màj"
    r"|actuali[sz]|aggiorn|atuali[sz]|bijgewerkt|opdater|uppdater|oppdater|päivit|ažurir|zaktuali|обновл|изменен|оновл)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:accessed|retrieved|printed|saved|archived|downloaded|captured|today|now|expires?|until|event|born|died|since|©"
    r"|copyright|read on|next|sale|as of)\b|©",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line over an article says. Missing values are None."""

    author: str | None = None
    published: date | None = None
    modified: date | None = None


def parse_byline(line: str, order: DateOrder | None = None) -> Byline:
    """Parse a line such as "PTI | Updated: Feb 13, 2020" or "Updated 9 March 2023 | First published 7 March 2023".

    A date after a word such as "Updated" is that of the change, and never the day of publication.
    """
    if len(line) > MAX_BYLINE:
        return Byline()
    published: list[date] = []
    modified: list[date] = []
    rest: list[str] = []
    for label, found in _labelled_dates(line, order):
        rest.append(label)
        if found is not None and not _OTHER.search(label):
            (modified if _is_change(label) else published).append(found.day)
    return Byline(
        clean_authors(" | ".join(rest)), published[0] if published else None, modified[0] if modified else None
    )


def is_change_label(text: str) -> bool | None:
    """Return whether the words before a date make it that of a change; None if it isn't a date of the article."""
    return None if _OTHER.search(text) else _is_change(text)


def _is_change(label: str) -> bool:
    """Return whether the last label before a date is that of a change: in "Posted by Ada. Updated:"."""
    return bool(_CHANGED.search(re.split(r"[|•·;]", label)[-1]))


def _labelled_dates(line: str, order: DateOrder | None) -> Iterator[tuple[str, FoundDate | None]]:
    """Yield the dates of a line with the words before each; at the end, the words after the last."""
    position = 0
    while (found := find_date(line[position:], order)) is not None:
        yield line[position : position + found.start], found
        position += found.end
    yield line[position:], None
