"""The operators of searches: "exact phrase", -word, speaker:, outlet:, before: and after:.

They are read here and become terms and conditions; no search engine ever parses what a user typed. What isn't an
operator is a word to search for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from index import Library, Selection, Where

from ..errors import InvalidOperator
from .quotation import contains_quotation

_MAX_OPERATORS = 20
_QUOTED = r"[\"“”„«»](?P<{}>[^\"“”„«»]*)[\"“”„«»]"
_OPERATOR = re.compile(
    rf"(?<!\S)(?:(?P<minus>-)?{_QUOTED.format('phrase')}(?!\w)"
    r"|-(?P<word>[^\W\d_][\w’'-]*)(?!\S)"
    rf"|(?P<name>speaker|outlet|before|after):(?:{_QUOTED.format('quoted')}|(?P<value>[^\s\"“”„«»]+))(?!\S))",
    re.IGNORECASE,
)
_HAS_WORD = re.compile(r"[^\W_]")

ParseDays = Callable[[str], tuple[date, date]]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as it was typed.

    Attributes:
        text: the words to search for, including those of the phrases.
        phrases: phrases that a passage must contain.
        excluded: words and phrases that it must not contain.
        where: the filter that its operators make.
    """

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    where: Where | None = None

    def select(self, library: Library, within: Selection) -> Selection:
        """The passages of a selection that have all phrases and nothing that is excluded."""
        within &= library.select(self.where)
        for phrase in self.phrases:
            within = library.passages.containing(phrase, within, contains_quotation)
        for words in self.excluded:
            within = library.passages.without(words, within, contains_quotation)
        return within


def parse_search(query: str, parse_days: ParseDays) -> SearchRequest:
    """Read the operators of a search.

    A search that has nothing but operators with no word to look for is taken as words.

    Args:
        query: the search, with single spaces.
        parse_days: returns the first and last day of a date, month or year, or raises ValueError.

    Raises:
        InvalidOperator: the value of `before:` or `after:` isn't a date, or there are too many operators.
    """
    phrases: list[str] = []
    excluded: list[str] = []
    names: dict[str, list[str]] = {"speaker": [], "outlet": []}
    days: dict[str, date] = {}

    def replace_by_words(found: re.Match[str]) -> str:
        if found["phrase"] is not None or found["word"]:
            words = (found["word"] or found["phrase"]).strip()
            if not _HAS_WORD.search(words):
                return " "
            is_excluded = bool(found["minus"] or found["word"])
            (excluded if is_excluded else phrases).append(words)
            return " " if is_excluded else f" {words} "
        name, value = found["name"].lower(), (found["quoted"] or found["value"] or "").strip()
        if not _HAS_WORD.search(value):
            return " "
        if name in names:
            names[name].append(value)
        else:
            days[name] = _day(name, value, parse_days)
        return " "

    text, count = _OPERATOR.subn(replace_by_words, query)
    if count > _MAX_OPERATORS:
        raise InvalidOperator(f"Your search has {count:,} operators. Use at most {_MAX_OPERATORS}.")
    text = " ".join(text.split())
    if not count or not _HAS_WORD.search(text):
        return SearchRequest(query)
    where = Where(tuple(names["outlet"]), (), days.get("after"), days.get("before"), speakers=tuple(names["speaker"]))
    return SearchRequest(text, tuple(phrases), tuple(excluded), None if where.is_empty else where)


def _day(name: str, value: str, parse_days: ParseDays) -> date:
    """The last day of "before:" a date, or the first one "after:" it."""
    try:
        first, last = parse_days(value)
        return first - timedelta(days=1) if name == "before" else last + timedelta(days=1)
    except (ValueError, OverflowError):
        example = f'{name}:2022-03-01, {name}:2022 or {name}:"March 2022"'
        raise InvalidOperator(f"“{name}:{value[:60]}” isn't a date. Write {example}.") from None
