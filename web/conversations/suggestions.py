"""Questions to go on with, made from the library's own speakers and titles. Each is tried before it is shown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from index import Library, Speaker
from rag import Answer, Assistant, QuestionError, Turn

from ..messages import ask as texts

MAX_SUGGESTIONS = 3
MAX_FIRST = 4
_MAX_TRIED = 8  # each takes as long as an answer
_MAX_TITLE = 90
_MARKER = re.compile(r"\[\d+\]")


class Suggestions:
    """Finds questions that this library can answer with quotes."""

    def __init__(self, library: Library, assistant: Assistant) -> None:
        self._library = library
        self._assistant = assistant
        self._first: tuple[object, list[str]] = (None, [])

    def first(self) -> list[str]:
        """Questions for an empty conversation; none if the library is empty."""
        status = self._library.status()
        state = (status.articles, status.statements, status.embedded)
        if self._first[0] != state:
            self._first = (state, self._answerable(self._openings(), [], MAX_FIRST))
        return self._first[1]

    def after(self, question: str, answer: Answer) -> list[str]:
        """Questions that go on from an answer."""
        history = [Turn(question, answer.text)]
        return self._answerable(self._follow_ups(question, answer), history, MAX_SUGGESTIONS)

    def _answerable(self, questions: Iterator[str], history: Sequence[Turn], limit: int) -> list[str]:
        found: list[str] = []
        for question in itertools.islice(dict.fromkeys(questions), _MAX_TRIED):
            try:
                answer = self._assistant.ask(question, history)
            except QuestionError:
                continue
            if answer.citations and not answer.abstained:
                found.append(question)
            if len(found) == limit:
                break
        return found

    def _openings(self) -> Iterator[str]:
        """Two speakers and two titles first, then others: a person, an article, …"""
        speakers = (texts.what_did_say(one.name) for one in self._library.speakers() if _is_named(one))
        titles = (" ".join(article.title.split()) for article in self._library.articles(limit=20))
        articles = (texts.what_about(title) for title in titles if 0 < len(title) <= _MAX_TITLE)
        for pair in itertools.zip_longest(itertools.islice(speakers, 6), articles):
            yield from filter(None, pair)

    def _follow_ups(self, question: str, answer: Answer) -> Iterator[str]:
        """Who else speaks in the quoted articles, what else, and what those articles are about."""
        ids = list(dict.fromkeys(citation.article_id for citation in answer.citations))
        lead = [line for line in answer.text.splitlines() if not _MARKER.search(line)]  # who is quoted already
        asked = "\n".join([question, *lead]).casefold()
        said = self._library.statements(article_ids=ids, limit=200) if ids else []
        names = dict.fromkeys(one.speaker for one in said if one.is_person and " " in one.speaker)
        new = [name for name in names if name.rsplit(" ", 1)[-1].casefold() not in asked]
        yield from map(texts.what_did_say, new[:3])
        for article in self._library.catalog.by_id(ids).values():
            title = " ".join(article.title.split())
            if 0 < len(title) <= _MAX_TITLE and title.casefold() not in asked:
                yield texts.what_about(title)


def _is_named(speaker: Speaker) -> bool:
    """Whether a speaker is a person with a full name, rather than a crowd."""
    return speaker.is_person and " " in speaker.name
