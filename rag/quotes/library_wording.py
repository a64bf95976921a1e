"""The texts of answers about the library itself and the filter, and to greetings, thanks and requests for help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from index import Article, Period

from .wording import origin, published_in, shortened

SMALL_TALK = {
    "greeting": "Hello! I answer questions about your articles with exact quotes.",
    "thanks": "You’re welcome.",
    "farewell": "Goodbye!",
    "help": "I’m a program that answers questions about your articles with exact quotes.",
}


def no_article_matches(filter_words: str) -> str:
    """That a filter, given in words, selects no article."""
    return f"No article matches the filter ({filter_words})."


def with_filter(text: str, filter_words: str) -> str:
    """A text, followed by the filter of the articles that were searched, in words, if there is one."""
    return f"{text} Only articles that match the filter were searched ({filter_words})." if filter_words else text


def example_questions(people: Sequence[str]) -> str:
    """Three questions to ask; `people` are up to two speakers, most statements first."""
    if not people:
        examples = ["Which article is the newest?", "Which outlets are in the library?", "What is in the library?"]
    else:
        examples = [
            f"What did {people[0]} say?",
            f"Which articles mention {people[-1]}?",
            "Which article is the newest?",
        ]
    return "\n\n".join(["For example, ask:", *examples])


def format_contents(
    articles: int, outlets: int, days: Sequence[date], speakers: Sequence[str], is_filtered: bool = False
) -> str:
    """The number of articles and outlets, the first and last day, and who is quoted most."""
    count = "one article" if articles == 1 else f"{articles:,} articles"
    origin = "" if not outlets else " from one outlet" if outlets == 1 else f" from {outlets:,} outlets"
    published = published_in(Period(min(days), max(days))) if days else ""
    subject = "The filter selects" if is_filtered else "Your library has"
    text = f"{subject} {count}{origin}{published.replace(' published', ', published', 1)}."
    return f"{text} It quotes {_all_of(speakers)} most often." if speakers else text


def format_titles(articles: Sequence[Article], which: Literal["newest", "oldest"]) -> str:
    """The titles of the newest or oldest articles, with outlet and date."""
    if not articles:
        return "None of your articles has a date, so there is no newest or oldest one."
    heading = f"The {which} article is:" if len(articles) == 1 else f"The {which} articles are:"
    return "\n\n".join([heading, *(f"{shortened(one.title)}{origin(one, ' — ')}" for one in articles)])


def format_outlets(outlets: Sequence[tuple[str | None, int]], limit: int) -> str:
    """The outlets with their numbers of articles, most first."""
    named = [f"{shortened(name)} ({count:,})" for name, count in outlets if name]
    unnamed = sum(count for name, count in outlets if not name)
    if not named:
        return "None of your articles names its outlet."
    more = f" and {len(named) - limit:,} more" if len(named) > limit else ""
    listed = ", ".join(named[:limit]) + more if more else _all_of(named)
    text = f"Your articles come from {listed}."
    articles = "One article names" if unnamed == 1 else f"{unnamed:,} articles name"
    return f"{text} {articles} no outlet." if unnamed else text


def _all_of(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
