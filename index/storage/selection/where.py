"""The filter of searches, questions and lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from ...errors import FilterError
from ...text import long_date

MAX_NAMES: Final = 200  # values of a field with names
MAX_IDS: Final = 10_000  # article ids
MAX_WORDS: Final = 300  # characters of a name
_MAX_SHOWN = 3  # values of a field in a description
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NAMES = ("publishers", "authors", "languages", "tags", "collections", "speakers")
_NOUNS = {
    "publishers": ("outlet", "outlets"),
    "authors": ("author", "authors"),
    "languages": ("language", "languages"),
    "tags": ("tag", "tags"),
    "collections": ("collection", "collections"),
    "speakers": ("speaker", "speakers"),
}


@dataclass(frozen=True, slots=True)
class Where:
    """Selects articles: those that match every field that is given, by one of its values.

    Names are compared without regard to case, accents and a leading "the". Lists become tuples without repetitions.

    Attributes:
        publishers: names of outlets; in part if no outlet has the name in full.
        authors: names of authors, in full or in part ("Lee" selects articles by Ann Lee).
        since: first day of publication.
        until: last day of publication. With either, undated articles aren't selected; none is if it is before `since`.
        languages: ISO 639-1 codes ("en").
        tags: tags of the articles.
        collections: names of collections that contain the articles.
        speakers: names of speakers with statements in the articles; in part if no speaker has the name in full.
            Statements are selected by speaker.
        article_ids: ids of articles.

    Raises:
        FilterError: a value isn't allowed; the message names it.
    """

    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    article_ids: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for name in _NAMES:
            object.__setattr__(self, name, _names(name, getattr(self, name)))
        object.__setattr__(self, "languages", tuple(dict.fromkeys(map(_language, self.languages))))
        object.__setattr__(self, "article_ids", _ids(self.article_ids))
        for name in ("since", "until"):
            if (day := getattr(self, name)) is not None and (not isinstance(day, date) or isinstance(day, datetime)):
                raise FilterError(f"{name} is {_shown(day)}; it must be a date.")

    @property
    def is_empty(self) -> bool:
        """Whether no field is given, so that every article is selected."""
        return self == Where()

    def describe(self) -> str:
        """The filter in words: "outlet Daily Post, published since 1 March 2022"; empty for an empty one."""
        parts = [
            f"{_NOUNS[name][len(values) > 1]} {_either([_shortened(value) for value in values])}"
            for name in _NAMES
            if (values := getattr(self, name))
        ]
        if self.article_ids:
            ids = [str(i) for i in self.article_ids]
            parts.append(f"article {ids[0]}" if len(ids) == 1 else f"articles {_either(ids)}")
        if self.since and self.since == self.until:
            parts.append(f"published on {long_date(self.since)}")
        elif self.since and self.until:
            parts.append(f"published between {long_date(self.since)} and {long_date(self.until)}")
        elif self.since or self.until:
            day, word = (self.since, "since") if self.since else (self.until, "until")
            parts.append(f"published {word} {long_date(day)}" if day else "")
        return ", ".join(parts)

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in fields(cls))


def _names(field: str, values: Any) -> tuple[str, ...]:
    """Normalised names of a field."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise FilterError(f"{field} is {_shown(values)}; it must be a list of names.")
    names = tuple(values)
    if len(names) > MAX_NAMES:
        raise FilterError(f"{field} has {len(names):,} values; the limit is {MAX_NAMES}.")
    return tuple(dict.fromkeys(normalize_name(field, name) for name in names))


def normalize_name(field: str, name: Any) -> str:
    """A name with composed characters and single spaces.

    Raises:
        FilterError: it is too long, has no letter or digit, or isn't a text; the message begins with `field`.
    """
    if not isinstance(name, str):
        raise FilterError(f"{field} contains {_shown(name)}, which isn't a name.")
    if len(name) > MAX_WORDS:
        raise FilterError(
            f"{field} contains {_shown(name)}, which is too long ({len(name):,} of {MAX_WORDS} characters)."
        )
    if not any(character.isalnum() for character in name):
        raise FilterError(f"{field} contains {_shown(name)}, which has no letter or digit.")
    plain = name.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")  # lone surrogates can't be stored
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code.lower()):
        raise FilterError(f"languages contains {_shown(code)}; write a language as a code of two letters, such as en.")
    return code.lower()


def _ids(values: Any) -> tuple[int, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise FilterError(f"article_ids is {_shown(values)}; it must be a list of ids.")
    ids = tuple(dict.fromkeys(values))
    if len(ids) > MAX_IDS:
        raise FilterError(f"article_ids has {len(ids):,} values; the limit is {MAX_IDS:,}.")
    for one in ids:
        if not isinstance(one, int) or isinstance(one, bool) or not 0 < one < 1 << 63:
            raise FilterError(f"article_ids contains {_shown(one)}, which isn't the id of an article.")
    return ids


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 100 else f"{text[:99]}…"


def _shortened(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:59].rstrip()}…"


def _either(names: list[str]) -> str:
    shown = names if len(names) <= _MAX_SHOWN + 1 else [*names[:_MAX_SHOWN], f"{len(names) - _MAX_SHOWN:,} others"]
    *first, last = shown
    return f"{', '.join(first)} or {last}" if first else last
