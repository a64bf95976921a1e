"""The assistant: the one door to questions and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index import ArticleNotFound, Hit, Library, Period, Statement
from index import folded as folded_name
from index.text import FUNCTION_WORDS

from .answer import Answer, Mode, Turn, checked_mode
from .generation import GeneratorFailed, Writer
from .question import QuestionFilters, SpeakerFinder, joined, parts_of, understand
from .question import checked as checked_question
from .quotes import CHANGING, EMPTY_LIBRARY, Caution, Quoter, hits_of, quotes_instead, statements_of
from .retrieval import POOL, folded, rank, timely
from .verification import ArticleChanged, checked

MAX_HITS = 100
_TRIES = 5  # answers made anew because articles changed meanwhile
_OF_PART = 3  # quotes for each part of a question about facts that asks several things


class Assistant:
    """Answers questions over a library with exact quotes, or says that the articles don't tell.

    `caution` decides how sure it has to be that they do: "cautious", "balanced" or "eager". With a `writer`, a language
    model can word the answers.
    """

    def __init__(self, library: Library, caution: Caution = "balanced", writer: Writer | None = None) -> None:
        self.library = library
        self.writer = writer
        self._speakers = SpeakerFinder(library)
        self._quoter = Quoter(library, self._speakers, caution)

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The passages that fit a query best, best first, at most `k` (1 to 100).

        Raises:
            QuestionError: the query is empty, too long or holds no word.
            ValueError: `k` is out of range.
        """
        if not 1 <= k <= MAX_HITS:
            raise ValueError(f"k is {k}; it must be between 1 and {MAX_HITS}")
        with self.library.answering():
            return hits_of(folded(rank(self.library, checked_question(query), max(k, POOL))), k)

    def ask(self, question: str, history: Sequence[Turn] = (), mode: Mode = "quotes") -> Answer:
        """Answer a question; `history` holds the earlier turns of the conversation, oldest first.

        `mode` "quotes" answers with exact quotes, "written" with sentences of a language model that quotes support.

        Raises:
            QuestionError: the question is empty, too long or holds no word.
            ValueError: there is no such mode, or no language model.
        """
        *_, answer = self.stream(question, history, mode)
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), mode: Mode = "written") -> Iterator[Answer]:
        """The same, as the answer grows: a written one sentence by sentence, each checked; the last one is whole.

        Raises:
            QuestionError: the question is empty, too long or holds no word.
            ValueError: there is no such mode, or no language model.
        """
        asked = checked_question(question)
        if checked_mode(mode) == "quotes":
            return iter([self._quoted(asked, history)])
        if self.writer is None:
            raise ValueError("no language model is configured, so there are only exact quotes; set ARTICLES_LLM_URL")
        return self._written(asked, history, self.writer)

    def _quoted(self, asked: str, history: Sequence[Turn]) -> Answer:
        with self.library.answering():
            return self._ask_all(asked, history)

    def _written(self, asked: str, history: Sequence[Turn], writer: Writer) -> Iterator[Answer]:
        until = writer.deadline()
        try:
            rewritten = writer.rewritten(asked, history, until) if history else ""
        except GeneratorFailed as error:
            quoted = self._quoted(asked, history)
            yield quoted if quoted.abstained else quotes_instead(quoted, str(error))
            return
        quoted = replace(
            self._quoted(rewritten or asked, () if rewritten else history), question=asked, rewritten_question=rewritten
        )
        if quoted.abstained:
            yield quoted
            return
        query = rewritten or self._standalone(asked, history)
        try:
            for answer in writer.write(query, quoted, until):
                yield checked(self.library, answer)
        except (ArticleNotFound, ArticleChanged):
            yield self._quoted(asked, history)

    def _standalone(self, asked: str, history: Sequence[Turn]) -> str:
        """A question so that it stands by itself; one that asks several things stays as it is."""
        return asked if parts_of(asked) else understand(asked, history, self).query

    def _ask_all(self, asked: str, history: Sequence[Turn]) -> Answer:
        """Answer a question, or each of the questions in it."""
        earlier = [Turn(one, turn.answer) for turn in history for one in _single(turn.question)]
        if not (parts := parts_of(asked)):
            return self._ask(asked, earlier)
        answers: list[Answer] = []
        for part in parts:
            told = [Turn(one.text, answer.text) for one, answer in zip(parts, answers, strict=False)]
            answers.append(self._ask(part.text, [*earlier, *told] if part.may_refer else earlier, _OF_PART))
        try:
            return checked(self.library, joined(asked, parts, answers))
        except (ArticleNotFound, ArticleChanged):
            return Answer(asked, CHANGING, abstained=True)

    def _ask(self, question: str, history: Sequence[Turn], most: int | None = None) -> Answer:
        """Answer a question that asks one thing, with at most that many quotes."""
        understood = understand(question, history, self)
        if not len(self.library):
            return Answer(understood.text, EMPTY_LIBRARY, abstained=True)
        for _ in range(_TRIES):
            ranking = folded(timely(self.library, understood, rank(self.library, understood.query)))
            try:
                return checked(self.library, self._quoter.answer(understood, ranking, most))
            except (ArticleNotFound, ArticleChanged):  # a moment ago: the next answer is made of what is there now
                continue
        return Answer(understood.text, CHANGING, hits=hits_of(ranking), abstained=True)

    def statements(
        self,
        speaker: str | None = None,
        about: str | None = None,
        *,
        publisher: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Statement]:
        """What a speaker (or anybody) said: by date and place, or the nearest to a topic first.

        Args:
            speaker: a name; a misspelt one stands for the name that was meant.
            about: the topic.
            publisher: only outlets whose name contains this.
            since: only articles published on this day or later.
            until: only articles published on this day or before.
            limit: at most that many, after `offset`.

        Raises:
            QuestionError: `speaker` or `about` is empty, too long or holds no word.
            ValueError: `limit` or `offset` is negative.
        """
        return self.page_of_statements(
            speaker, about, publisher=publisher, since=since, until=until, limit=limit, offset=offset
        )[0]

    def page_of_statements(
        self,
        speaker: str | None = None,
        about: str | None = None,
        *,
        publisher: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[list[Statement], int]:
        """The same as `statements`, with the number of all of them."""
        if (limit or 0) < 0 or offset < 0:
            raise ValueError(f"limit is {limit} and offset {offset}; neither may be negative")
        names = None
        if speaker is not None and not (names := self._speakers.find(checked_question(speaker)).stored):
            return [], 0
        period = Period(since, until)
        if about is None:
            found = self.library.statements(names, None, publisher, period, limit, offset)
            return found, self.library.count_statements(names, None, publisher, period)
        found = statements_of(self.library, names, checked_question(about), QuestionFilters(period, publisher))
        return found[offset : None if limit is None else offset + limit], len(found)

    # What questions are understood with

    def is_speaker(self, name: str) -> bool:
        """True where somebody of this name speaks in the articles; a misspelt name counts."""
        return bool(self._speakers.find(name).speakers)

    def people_in(self, words: str) -> list[str]:
        """The people named in a text who speak in the articles, in order, by their fullest names."""
        named = [word for word in folded_name(words) if len(word) > 2 and word not in FUNCTION_WORDS]
        names = self.library.speaker_names(named)
        people = [speaker for speaker in self.library.speakers(names=names) if speaker.is_person] if names else []
        places = {p.name: [named.index(word) for word in folded_name(p.name) if word in named] for p in people}
        return sorted((name for name, found in places.items() if found), key=lambda name: min(places[name]))

    def publisher_named(self, words: str) -> str | None:
        """The outlet that these words name: by its whole name, with or without "the"."""
        wanted = folded_name(words)
        return next((name for name in self.library.publishers() if folded_name(name) == wanted), None)

    def today(self) -> date:
        """The asker's day."""
        return date.today()

    def newest_day(self) -> date | None:
        """Day of the newest article, if any has a date."""
        return self.library.newest_day()


def _single(question: str) -> list[str]:
    return [part.text for part in parts_of(question)] or [question]
