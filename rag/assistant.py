"""The assistant: the one door to questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from index import Article, ArticleNotFound, Hit, Library, Period, Span, Statement, shared, shingles
from index import folded as folded_name
from index.words import FUNCTION_WORDS

from .answer import Answer, Citation, Mode, Turn, checked_mode
from .cite import ArticleChanged, checked, cite
from .extract import find_quotes
from .follow_up import understand
from .generate import GeneratorFailed
from .limits import Limits
from .overview import lead, mentions
from .parts import joined, parts_of
from .question import MOST, Question
from .question import checked as checked_question
from .retrieve import POOL, Ranking, folded, rank
from .speakers import SpeakerFinder
from .speech import statements_of
from .support import THRESHOLDS, Caution, checked_caution, support
from .tell import tell
from .timely import timely
from .ways import Way, stems
from .wording import (
    ABSTAINED,
    CHANGING,
    EMPTY_LIBRARY,
    quotes_instead,
    word_mentions,
    word_quotes,
    word_statements,
)
from .written import Writer

MAX_HITS = 100
_TRIES = 5  # answers made anew because articles changed meanwhile
_HELD = 0.5  # share of a quote's shingles from which an article holds it too
_OF_PART = 3  # quotes for each part of a question about facts that asks several things
_SHOWN = 10  # hits that come with an answer


T = TypeVar("T")


class Assistant:
    """Answers questions over a library with exact quotes, or says that the articles don't tell.

    `caution` decides how sure it has to be that they do: "cautious", "balanced" or "eager". With a `writer`, a language
    model can word the answers.
    """

    def __init__(self, library: Library, caution: Caution = "balanced", writer: Writer | None = None) -> None:
        self.library = library
        self.writer = writer
        self._threshold = THRESHOLDS[checked_caution(caution)]
        self._speakers = SpeakerFinder(library)

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The passages that fit a query best, best first, at most `k` (1 to 100).

        Raises:
            QuestionError: the query is empty, too long or holds no word.
            ValueError: `k` is out of range.
        """
        if not 1 <= k <= MAX_HITS:
            raise ValueError(f"k is {k}; it must be between 1 and {MAX_HITS}")
        with self.library.answering():
            return _hits(folded(rank(self.library, checked_question(query), max(k, POOL))), k)

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
            self._quoted(rewritten or asked, () if rewritten else history), question=asked, asked=rewritten
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
                return checked(self.library, self._answer(understood, ranking, most))
            except (ArticleNotFound, ArticleChanged):  # a moment ago: the next answer is made of what is there now
                continue
        return Answer(understood.text, CHANGING, hits=_hits(ranking), abstained=True)

    def _answer(self, question: Question, ranking: Ranking, most: int | None) -> Answer:
        if question.kind == "statements":
            return self._tell(question, ranking)
        if question.kind == "mentions":
            return self._list_articles(question, ranking)
        return self._explain(question, ranking, most=most)

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
        found = statements_of(self.library, names, checked_question(about), Limits(period, publisher))
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

    def _tell(self, question: Question, ranking: Ranking) -> Answer:
        """Answer with what speakers said, or with words about them where these may tell instead."""
        telling = tell(self.library, self._speakers, question)
        if telling.told:
            shown = [
                (one, one.statement.article_id, Span(one.statement.start, one.statement.end), one.statement.text, None)
                for one in telling.told
            ]
            cited = self._cited(shown)
            also = self.library.articles_by_id({i for one, _, _ in cited for i in one.also_in})
            text = word_statements(
                [(one.statement, citation, article) for one, citation, article in cited],
                telling.total,
                telling.note,
                {citation.marker: [also[i] for i in one.also_in if i in also] for one, citation, _ in cited},
                telling.names,
            )
            return _answered(question, ranking, text, [citation for _, citation, _ in cited])
        if not question.speakers:
            return self._explain(question, ranking, way=question.way)
        speaks = any(self._speakers.find(name).speakers for name in question.speakers)
        if not speaks and not question.must_speak:  # "What does the treaty want?": words about it may tell
            return self._explain(question, ranking, named=question.speakers[0])
        return _abstained(question, ranking, telling.why_not)

    def _explain(
        self,
        question: Question,
        ranking: Ranking,
        named: str | None = None,
        way: Way | None = None,
        most: int | None = None,
    ) -> Answer:
        """Answer with the sentences that fit the question best; only those that hold a name or a way of speaking."""
        if support(self.library, question, ranking).confidence < self._threshold:
            return _abstained(question, ranking)
        if question.kind == "article":
            quotes = lead(self.library, ranking)
        else:
            quotes = find_quotes(self.library, question, ranking, named)[:most]
        also_in = {candidate.passage.id: candidate.also_in for candidate in ranking.candidates}
        if way is not None:
            wanted = stems(self.library, way)
            quotes = [quote for quote in quotes if wanted & set(self.library.terms(quote.text))]
        spans = [(quote, span) for quote in quotes for span in (quote.span, quote.context) if span]
        items = [
            (one, one[0].passage.article_id, one[1], one[0].passage.words(one[1]), one[0].passage.id) for one in spans
        ]
        cited = self._cited(items, question.query)
        before = {id(quote): citation for (quote, span), citation, _ in cited if span == quote.context}
        text = word_quotes(
            [
                (citation, article, self._holding(quote.text, also_in[quote.passage.id]), before.get(id(quote)))
                for (quote, span), citation, article in cited
                if span == quote.span
            ]
        )
        return _answered(question, ranking, text, [citation for _, citation, _ in cited])

    def _list_articles(self, question: Question, ranking: Ranking) -> Answer:
        """Answer with the articles that mention something, each with its first sentence that does."""
        found = mentions(self.library, question.query)
        cited = self._cited((q, q.passage.article_id, q.span, q.text, q.passage.id) for q in found[:MOST])
        text = word_mentions([(citation, article) for _, citation, article in cited], len(found))
        return _answered(question, ranking, text, [citation for _, citation, _ in cited])

    def _holding(self, quote: str, article_ids: Iterable[int]) -> list[Article]:
        """Those of these articles that hold most of a quote."""
        words = shingles(quote)
        articles = self.library.articles_by_id(article_ids)
        return [a for a in articles.values() if shared(words, shingles(a.text)) >= _HELD]

    def _cited(
        self, items: Iterable[tuple[T, int, Span, str, int | None]], query: str = ""
    ) -> list[tuple[T, Citation, Article]]:
        """Each item with its citation and article; those whose article was removed meanwhile are left out.

        What the query asks for is emphasised.

        Args:
            items: each with the id of its article, the span to cite, the words there, and the passage.
            query: what was asked.

        Raises:
            ArticleChanged: an article got another text meanwhile.
        """
        wanted = list(items)
        articles = self.library.articles_by_id({article_id for _, article_id, *_ in wanted})
        cited: list[tuple[T, Citation, Article]] = []
        for item, article_id, span, words, passage_id in wanted:
            article = articles.get(article_id)
            if article and (citation := cite(article, len(cited) + 1, span, words, passage_id, query)) is not None:
                cited.append((item, citation, article))
        return cited


def _single(question: str) -> list[str]:
    return [part.text for part in parts_of(question)] or [question]


def _answered(question: Question, ranking: Ranking, text: str, citations: list[Citation]) -> Answer:
    if not citations:
        return _abstained(question, ranking)
    return Answer(question.text, text, citations, _hits(ranking))


def _abstained(question: Question, ranking: Ranking, why: str | None = None) -> Answer:
    closest = "The closest passages are listed below." if ranking.candidates else None
    text = " ".join(filter(None, [ABSTAINED, why, closest]))
    return Answer(question.text, text, hits=_hits(ranking), abstained=True)


def _hits(ranking: Ranking, k: int = _SHOWN) -> list[Hit]:
    return [Hit(candidate.passage, candidate.score, candidate.also_in) for candidate in ranking.candidates[:k]]
