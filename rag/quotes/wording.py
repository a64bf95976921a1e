"""How answers read: plain text, exact quotes, markers such as [1]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from index import Article, Period, Statement

from ..answer import Answer, Citation
from ..question import Question, SpeakerQuery

ABSTAINED = "The articles in this library don't say."
NO_DAY = "The sentences name no day; the date is that of the article."
NOTHING_MORE = "These were all statements."
CHANGING = "The articles are changing while they are read. Please ask again in a moment."
EMPTY_LIBRARY = "This library holds no articles yet. Add some, then ask again."

_MAX_NAME = 60


def word_quotes(
    cited: Sequence[tuple[Citation, Article, Sequence[Article], Citation | None]], misspelt: Sequence[str] = ()
) -> str:
    """Each quote on its own, with outlet and date, the near-duplicates that hold it too, and the sentence before it.

    Names in the question that are `misspelt` are told before them.
    """
    parts = [
        f"{quoted(c.quote)} [{c.marker}]{_origin(article, ' — ')}{_also_in(others)}{_before(before)}"
        for c, article, others, before in cited
    ]
    if parts and misspelt:
        parts.insert(0, f"No article mentions {_either(misspelt)}; what differs by a letter is taken for it.")
    return "\n\n".join(parts)


def word_mentions(cited: Sequence[tuple[Citation, Article]], total: int) -> str:
    """Which articles mention something: each with its title, outlet and date behind the sentence that does."""
    many = "One article mentions it" if total == 1 else f"{total:,} articles mention it"
    parts = [f"{many}:" if total == len(cited) else f"{many}; these are {len(cited)} of them:"]
    for citation, article in cited:
        title = shortened(article.title).rstrip(".")
        parts.append(f"{quoted(citation.quote)} [{citation.marker}] — {title}{_origin(article, ', ')}")
    return "\n\n".join(parts)


def word_statements(
    cited: Sequence[tuple[Statement, Citation, Article]],
    total: int,
    note: str = "",
    also_in: Mapping[int, Sequence[Article]] | None = None,
    names: Mapping[str, str] | None = None,
) -> str:
    """What speakers said, article by article, led by who said it, in which role, outlet and on which day.

    Args:
        cited: the statements with their citations and articles.
        total: how many statements there are in all.
        note: what is to be said before them.
        also_in: by marker, further articles that report nearly the same words.
        names: the name to show for each stored one.
    """
    names, also_in = names or {}, also_in or {}
    parts = [note] if note else []
    for _, group in groupby(cited, key=lambda item: (names.get(item[0].speaker, item[0].speaker), item[2].id)):
        items = list(group)
        statement, _, article = items[0]
        role = f" ({statement.role})" if statement.role else ""
        speaker = names.get(statement.speaker, statement.speaker)
        parts.append(f"{_capital(speaker)}{role}{_origin(article, ', ')}:")
        for _, citation, _ in items:
            also = _also_in(also_in.get(citation.marker, ()))
            parts.append(f"{quoted(citation.quote)} [{citation.marker}]{also}")
    shown = len(cited) + sum(map(len, also_in.values()))
    if total > shown:
        parts.append(f"These are {len(cited)} of {total:,} statements.")
    return "\n\n".join(parts)


def note_of_names(asked: Sequence[SpeakerQuery]) -> str:
    """What has to be said of the names in a question: corrected, or borne by several people."""
    notes = []
    for name in asked:
        if name.corrected:
            notes.append(f"Nobody called {shortened(name.name)} speaks in these articles; showing {name.corrected}.")
        if name.role:
            notes.append(f"The articles call {_listed([speaker.name for speaker in name.speakers])} so.")
        if name.people:
            people = _listed([speaker.name for speaker in name.people])
            notes.append(f"{shortened(name.name)} may be {people}; ask for one of them by full name.")
    return " ".join(notes)


def no_statement(asked: SpeakerQuery, question: Question, others: int) -> str:
    """Why there is no answer to what a speaker said."""
    name = _shown(asked)
    if not others:
        return f"They report no statement by {name}.{_similar(asked.nearest)}"
    limits = [
        f" about {shortened(question.about)}" if question.about else "",
        f" in {shortened(question.limits.publisher)}" if question.limits.publisher else "",
        _published(question.limits.period),
    ]
    return f"They report {_many(others)} by {name}, but none{''.join(limits)}."


def none_mentions(words: Sequence[str], nearest: Sequence[str]) -> str:
    """That words of a question occur in no article, and who is called nearly so; nothing where there are none."""
    return f"None of them mentions {_either(words)}.{_similar(nearest)}" if words else ""


def _similar(nearest: Sequence[str]) -> str:
    return f" Speakers of a similar name: {_listed(nearest)}." if nearest else ""


def not_in_way(asked: SpeakerQuery, verb: str, others: int) -> str:
    """That no statement is worded as was asked for."""
    return f"None of the {_many(others)} by {_shown(asked)} is reported with “{verb}” or the like."


def not_about(asked: SpeakerQuery, about: str) -> str:
    """That what follows is about other things than the question before."""
    return f"No statement by {_shown(asked)} about {shortened(about)} is reported; these are about other things."


def quotes_instead(quoted: Answer, reason: str) -> Answer:
    """The answer in exact quotes, with the reason why no language model worded it."""
    return replace(quoted, text=f"These are exact quotes, because the language model {reason}.\n\n{quoted.text}")


def left_out_note(sources: int) -> str:
    """That not everything fitted the language model's window."""
    many = "One further source" if sources == 1 else f"{sources} further sources"
    return f"{many} did not fit the language model's window and had to be left out."


def _published(period: Period) -> str:
    since, until = period.since, period.until
    if since and since == until:
        return f" published on {long_date(since)}"
    if since and until:
        return f" published from {long_date(since)} to {long_date(until)}"
    if since:
        return f" published since {long_date(since)}"
    return f" published until {long_date(until)}" if until else ""


def _many(statements: int) -> str:
    return "one statement" if statements == 1 else f"{statements:,} statements"


def _shown(asked: SpeakerQuery) -> str:
    """The name as the articles write it, where it is one speaker's."""
    return asked.speakers[0].name if len(asked.speakers) == 1 else shortened(asked.corrected or asked.name)


def pending_note(unread: int) -> list[str]:
    """That articles are still being read, where some are."""
    many = "One article is" if unread == 1 else f"{unread:,} articles are"
    return [f"{many} still being read for who said what; ask again in a moment."] if unread else []


def shortened(words: str) -> str:
    """`words`, or their beginning where they are long."""
    return words if len(words) <= _MAX_NAME else f"{words[: _MAX_NAME - 1].rstrip()}…"


def quoted(words: str) -> str:
    """`words` in quotation marks, unless they bring their own."""
    return words if any(mark in words for mark in '“”"') else f"“{words}”"


def long_date(day: date) -> str:
    """22 December 2022."""
    return f"{day.day} {day:%B %Y}"


def _origin(article: Article, lead: str) -> str:
    name = _named(article)
    return lead + name if name else ""


def _also_in(others: Sequence[Article]) -> str:
    names = [_named(other) or shortened(other.title) for other in others]
    return f" (also in {'; '.join(names)})" if names else ""


def _before(citation: Citation | None) -> str:
    return f" (just before: {quoted(citation.quote)} [{citation.marker}])" if citation else ""


def _named(article: Article) -> str:
    """Outlet and day of an article, as far as they are known."""
    day = long_date(article.published) if article.published else None
    return ", ".join(part for part in (article.publisher, day) if part)


def _either(words: Sequence[str]) -> str:
    return _listed([shortened(word) for word in words])


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
