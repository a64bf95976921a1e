"""Texts that several parts of the interface share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

APP_NAME = "Ask the Articles"
TAGLINE = "Answers from your own news articles: exact quotes, each with its source."
NO_JAVASCRIPT = "This page needs JavaScript. The HTTP API under /api/v1 gives the same answers without it."

LIBRARY_FAILED = "The library can't be read or written right now. See the app's log for details."

FEEDS_JOB = "Followed feeds"  # name of a job that updates all feeds
# Reasons of failures: they follow the name of a source.
JOB_LIBRARY_FAILED = "the library can't be written right now; see the app's log for details"
JOB_CRASHED = "unexpected error; see the app's log for details"


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "1,234 articles"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def page_of(noun: str, first: int, shown: int, total: int) -> str:
    """The visible part of a list: "13 articles" if it is all of it, else "21–40 of 45 articles". `first` is 0-based."""
    if shown == total:
        return counted(total, noun)
    return f"{first + 1:,}–{first + shown:,} of {counted(total, noun)}"


def long_date(day: date) -> str:
    """22 December 2022."""
    return f"{day.day} {day:%B %Y}"


def join_parts(parts: Sequence[str | None]) -> str:
    """The parts that aren't empty, separated by dots."""
    return " · ".join(part for part in parts if part)


def invalid_date(text: str) -> str:
    """A text in a date picker isn't a date."""
    return f"Enter a date as YYYY-MM-DD, not “{text[:20]}”."
