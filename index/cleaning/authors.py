"""The names of an article's authors, out of a byline or a field: without "By", jobs, addresses, dates and markup."""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Iterator

from ..text import (
    COMMON_PARTICLES,
    MONTH_NUMBERS,
    NAME_SUFFIXES,
    ORGANISATION_NOUNS,
    OUTLET_NOUNS,
    WEEKDAYS,
    fold_name,
    gender_of_first_name,
    month_pattern,
    word_set,
)
from .dates import find_date

MAX_AUTHORS = 2_000  # characters of a field; the rest is ignored
_MAX_LISTED = 50
_MAX_NAME = 100  # characters

_TAG = re.compile(r"<[^<>]{0,500}>")
_ADDRESS = re.compile(r"[^\s@()<>]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?:https?://|www\.)\S+|(?<!\w)@\w+")
_PARENTHESES = re.compile(r"\(([^()]*)\)|\[[^\[\]]*\]")
_LABEL = re.compile(
    r"\b(?:last |first |originally )?(?:updated?|modified|published|posted|edited|created)(?: (?:on|at))?\b(?! by\b):?"
    r"|\b\d+ min(?:ute)?s?(?: read)?\b|\b\d{1,2}[:.]\d{2}(?:\s?[ap]m)?(?: [A-Z]{2,4}T?)?(?!\w)",
    re.IGNORECASE,
)
_PARTIAL_DATE = re.compile(
    rf"\b(?:(?:{month_pattern()})\s\d{{1,2}}|\d{{1,2}}\s(?:{month_pattern()}))(?!\w)", re.IGNORECASE
)
_GROUP = re.compile(r"[;|•·]|\s[–—-]\s")
_AND = re.compile(r",\s?(?:and\s|&\s)?|\s(?:and|with|&)\s|/", re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:(?:words|written|story|report(?:ed|ing)?|text|article|posted|published|interview)\s+)?by\b:?"
    r"|(?:authors?|byline|reporters?|writers?|from)\s*:)\s*",
    re.IGNORECASE,
)
# Others who worked on an article.
_NOT_BY = re.compile(
    r"(?:edit(?:ed|ing)|photo\w{0,8}|pictures?|images?|illustrat\w{1,4}|graphics?|video|translat\w{1,4}|produced) by\b",
    re.IGNORECASE,
)
# Agencies that bylines name after their reporters.
_AGENCY_END = re.compile(
    r"(?<=\w\w)[.,]?\s(?:The )?(?:Associated Press|Reuters|AFP|Bloomberg News|Press Association)$",
    re.IGNORECASE,
)
# What follows a name: where someone is, for whom they write, who they are.
_AFTER_NAME = re.compile(r"\s(?:in|at|for|from|reports|reporting|is an?|is the|covers|writes)\s.*|\s(?:on|in|at)$")
_JOBS = word_set(
    """analyst anchor author blogger broadcaster bureau cartoonist chief columnist commentator contributor correspondent
    critic desk director editor fellow freelance freelancer host illustrator intern journalist lecturer manager newsroom
    photographer photojournalist presenter producer professor publisher reporter researcher staff team videographer
    writer"""
)
_FIELDS = word_set(
    """arts assistant associate business city community contributing court crime culture data deputy digital economics
    education energy entertainment environment features film food foreign freelance health home international
    investigative legal local managing music national news political politics regional science senior special sports
    technology transport travel world"""
)
_NO_NAMES = word_set(
    """acer admin administrator agencies agency anonymous asus author calibre dell guest hp lenovo microsoft none null
    na nan owner pc student toshiba undefined unknown user webmaster"""
)
_NO_NAME_PHRASES = frozenset(
    ("apache poi", "microsoft office user", "n/a", "openpyxl", "python docx", "unknown author", "windows user")
)
_GROUPS = (
    ORGANISATION_NOUNS
    | (OUTLET_NOUNS - word_set("citizen independent mercury post star sun"))
    | word_set("agencies editorial publications publishing reuters ltd inc limited")
)
_DATE_WORDS = frozenset({*MONTH_NUMBERS, *WEEKDAYS, *(day[:3] for day in WEEKDAYS)})
_DEGREES = word_set("phd md mba jd ba bs ma ms msc bsc obe mbe cbe esq dphil rd rdn rn dds dvm pharmd mph cpa")


def clean_authors(value: object, publisher: str | None = None) -> str | None:
    """Return the names of the authors, joined by commas, or None if there are none.

    Args:
        value: a text, a list of names, or objects with a `name`; also one of these as JSON or as Python writes it.
        publisher: the name of the outlet, which isn't an author beside a person.
    """
    names = list(_names(value))
    people = [name for name in names if _is_person(name) and not _is_outlet(name, publisher)]
    if people:
        others = (name for name in names if name not in people)
        affiliations = {name for name in others if _is_group(name) or name.isupper() or _is_outlet(name, publisher)}
        names = [name for name in names if name not in affiliations]
    unique = {fold_name(name): name for name in reversed(names)}
    return ", ".join(reversed(unique.values())) or None


def is_byline(line: str) -> bool:
    """Return whether a line is a byline, such as "By Ada Brown, Political Editor"."""
    match = _BY.match(line)
    if (
        match is None
        or not line[match.end() :]
        or len(line) > _MAX_NAME * 2
        or line.rstrip('"”’)').endswith((".", "!", "?", "…"))
    ):
        return False
    return are_names(line)


def are_names(line: str) -> bool:
    """Return whether all that is left of a byline are names of people, agencies or groups."""
    names = list(_names(line))
    return bool(names) and all(_is_person(name) or name.isupper() or _is_group_name(name) for name in names)


def are_people(names: str, publisher: str | None) -> bool:
    """Return whether cleaned names are those of people, not of the outlet or another group."""
    return any(_is_person(name) and not _is_outlet(name, publisher) for name in names.split(", "))


def is_name(line: str) -> bool:
    """Return whether a whole line is the name of a person, or of several, as in a byline without "By"."""
    if len(line) > _MAX_NAME or re.search(r"\d|[.!?:]$", line) or gender_of_first_name(line) is None:
        return False
    return all(map(_is_person, _AND.split(line)))


def _names(value: object) -> Iterator[str]:
    """Yield the names that a field contains."""
    for text in _texts(value, depth=0):
        for line in text.splitlines():
            for group in _GROUP.split(_without_markup(line)):
                yield from _group_names(group.strip())


def _texts(value: object, depth: int) -> Iterator[str]:
    if depth > 3:
        return
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list | tuple):
        for item in value[:_MAX_LISTED]:
            yield from _texts(item, depth + 1)
    elif isinstance(value, str):
        text = value.strip()[:MAX_AUTHORS]
        listed = _literal(text) if text[:1] in ("[", "{") else None
        if listed is None and text.casefold() not in _NO_NAME_PHRASES:
            yield text
        elif listed is not None:
            yield from _texts(listed, depth + 1)


def _literal(text: str) -> object:
    """Return the list or the object that a text is, in JSON or as Python writes it; None if it is neither."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _without_markup(text: str) -> str:
    """Remove markup, addresses, and dates with their labels. What they separated stays apart."""
    for _ in range(2):  # some sites escape twice
        text = html.unescape(text)
    text = _ADDRESS.sub(" ", _TAG.sub(" ", text))
    outside = _PARENTHESES.sub(" ", text)
    text = outside if re.search(r"\w", outside) else re.sub(r"[()]", " ", text)
    if found := find_date(text):
        text = f"{text[: found.start]} | {text[found.end :]}"
    return " ".join(_LABEL.sub(" | ", _PARTIAL_DATE.sub(" | ", text)).split())


def _group_names(group: str) -> Iterator[str]:
    """Yield the names of a part of a byline: "Ada Brown, Political Editor, and Carl Dean"."""
    if _NOT_BY.match(group):
        return
    found: list[str] = []
    items = [" ".join(item.split()).strip(' ,:"“”*_') for item in _AND.split(_without_by(group))]
    if len(items) == 2 and _is_surname_first(*items):
        items = [f"{items[1]} {items[0]}"]
    follows_job = False
    for item in items:
        words = item.strip(".").casefold().split()
        if found and len(words) == 1 and words[0] in NAME_SUFFIXES:
            found[-1] = f"{found[-1]}, {item}"
            continue
        name = _AFTER_NAME.sub("", _without_by(item)).strip()
        reporter = _without_job(_AGENCY_END.sub("", name))
        name = reporter if _is_person(reporter) else name
        if not name or _is_no_name(name):
            follows_job = bool(name)
        elif len(name) <= _MAX_NAME and not (follows_job and found and name.istitle() and " " not in name):  # a place
            found.append(capitalised(name))
    yield from found


def _without_by(text: str) -> str:
    match = _BY.match(text)
    return text[match.end() :] if match else text


def _without_job(name: str) -> str:
    """Remove a job that follows a name without a sign: "Ada Brown Political Editor"."""
    words = name.split()
    if not words or _singular(words[-1].casefold()) not in _JOBS or gender_of_first_name(words[0]) is None:
        return name
    while len(words) > 2 and (_singular(words[-1].casefold()) in _JOBS or words[-1].casefold() in _FIELDS):
        words.pop()
    return " ".join(words)


def _is_surname_first(surname: str, first_name: str) -> bool:
    """Return whether "Brown, Ada" is one person."""
    is_one_word = " " not in surname and surname.istitle() and first_name[:1].isupper()
    return is_one_word and not first_name.isupper() and gender_of_first_name(first_name.split()[0]) is not None


def _is_no_name(name: str) -> bool:
    """Return whether a part of a byline is a job, a degree, a day or a placeholder."""
    words = [word.strip(".,’'").casefold() for word in re.split(r"[\s-]+", name)]
    words = [word for word in words if word]
    if not words or not re.search(r"[^\W\d_]", name) or " ".join(words) in _NO_NAME_PHRASES:
        return True
    if len(words) == 1 and words[0] in _NO_NAMES | _DEGREES:
        return True
    is_job = any(_singular(word) in _JOBS for word in (words[0], words[-1])) and not _is_group(name)
    return is_job or all(word in _DATE_WORDS or word.isdigit() for word in words)


def _is_person(name: str) -> bool:
    """Return whether a name has the form of a person's: two to five capitalised words, none of which is a group's."""
    words = name.split(",")[0].split()
    if not 2 <= len(words) <= 5 or ":" in name or _is_group(name) or _is_no_name(name):
        return False
    small = COMMON_PARTICLES | {"da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le", "ter", "y"}
    return words[-1][:1].isupper() and all(word[:1].isupper() or word in small for word in words)


def _is_group(name: str) -> bool:
    return bool({word.strip(".,").casefold() for word in name.split()} & _GROUPS)


def _is_group_name(name: str) -> bool:
    words = name.split()
    return len(words) <= 6 and _is_group(name) and all(word[:1].isupper() or word in ("of", "the") for word in words)


def _is_outlet(name: str, publisher: str | None) -> bool:
    one, other = fold_name(name), fold_name(publisher or "")
    return bool(one and other) and (one == other[: len(one)] or other == one[: len(other)])


def capitalised(name: str) -> str:
    """Write a name in capitals as usual: "ADA BROWN". Acronyms stay."""
    words = name.split()
    if len(words) < 2 or not name.isupper():
        return name
    return " ".join(word if _is_acronym(word) else _capitalised_word(word) for word in words)


def _is_acronym(word: str) -> bool:
    return "." in word or (len(word) <= 4 and not re.search(r"[AEIOUY]", word))


def _capitalised_word(word: str) -> str:
    if word.startswith("MC") and len(word) > 4:
        return f"Mc{word[2:].title()}"
    return "".join(part.capitalize() for part in re.split(r"([’'-])", word))


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 4 else word
