"""The assistant: the one door to questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from index import Article, ArticleNotFound, Hit, Library, Span, Statement

from .answer import Answer, Citation, Turn
from .cite import checked, cite
from .extract import find_quotes, support
from .follow_up import understand
from .question import Question
from .question import checked as checked_question
from .retrieve import POOL, Ranking, rank
from .speech import matching_speakers, related, statements_of
from .wording import ABSTAINED, EMPTY_LIBRARY, no_statement, word_quotes, word_statements

MAX_HITS = 100
_SHOWN = 10  # hits that come with an answer
_MAX_STATEMENTS = 12
_THRESHOLD = 0.45  # confidence from which there is an answer


T = TypeVar("T")


class Assistant:
    """Answers questions over a library with exact quotes, or says that the articles don't tell."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The passages that fit a query best, best first, at most `k` (1 to 100).

        Raises:
            QuestionError: the query is empty, too long or holds no word.
            ValueError: `k` is out of range.
        """
        if not 1 <= k <= MAX_HITS:
            raise ValueError(f"k is {k}; it must be between 1 and {MAX_HITS}")
        return _hits(rank(self.library, checked_question(query), max(k, POOL)), k)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question; `history` holds the earlier turns of the conversation, oldest first.

        Raises:
            QuestionError: the question is empty, too long or holds no word.
        """
        understood = understand(question, history, self._is_speaker)
        if not len(self.library):
            return Answer(understood.text, EMPTY_LIBRARY, abstained=True)
        ranking = rank(self.library, understood.query)
        if understood.speaker is not None:
            answer = self._tell(understood, understood.speaker, ranking)
        else:
            answer = self._explain(understood, ranking)
        try:
            return checked(self.library, answer)
        except ArticleNotFound:  # removed a moment ago: the next answer does without it
            return self.ask(question, history)

    def statements(self, speaker: str | None = None, about: str | None = None) -> list[Statement]:
        """What a speaker (or anybody) said: in the order of articles and text, or the nearest to a topic first.

        Raises:
            QuestionError: `speaker` or `about` is empty, too long or holds no word.
        """
        topic = checked_question(about) if about is not None else None
        if speaker is not None:
            return statements_of(self.library, checked_question(speaker), topic)
        if topic is None:
            return self.library.statements()
        near = rank(self.library, topic, pool=MAX_HITS).candidates
        article_ids = dict.fromkeys(candidate.passage.article_id for candidate in near)
        statements = [s for article_id in article_ids for s in self.library.statements(article_id=article_id)]
        return related(self.library, statements, topic)

    def _is_speaker(self, name: str) -> bool:
        return bool(matching_speakers(name, self.library.speakers()))

    def _tell(self, question: Question, speaker: str, ranking: Ranking) -> Answer:
        """Answer with what a speaker said; never with the words of others."""
        everything = statements_of(self.library, speaker)
        statements = self._of_year(everything, question.year) if question.year else everything
        if question.about:
            statements = related(self.library, statements, question.about) or (
                statements if question.is_about_carried else []
            )
        if statements:
            return self._cited_statements(question, ranking, statements)
        if not everything and not question.must_speak:  # "What does the treaty want?": words about it may tell
            return self._explain(question, ranking, named=speaker)
        return _abstained(question, ranking, no_statement(speaker, question.about, question.year, len(everything)))

    def _of_year(self, statements: Sequence[Statement], year: int) -> list[Statement]:
        articles = self.library.articles_by_id({statement.article_id for statement in statements})
        days = {article.id: article.published for article in articles.values()}
        return [s for s in statements if (day := days.get(s.article_id)) is not None and day.year == year]

    def _explain(self, question: Question, ranking: Ranking, named: str | None = None) -> Answer:
        """Answer with the sentences that fit the question best; only those that hold a name, where one is given."""
        if support(self.library, question, ranking).confidence < _THRESHOLD:
            return _abstained(question, ranking)
        quotes = find_quotes(self.library, question, ranking, named)
        cited = self._cited((quote, quote.passage.article_id, quote.span, quote.passage.id) for quote in quotes)
        text = word_quotes([(citation, article) for _, citation, article in cited])
        return _answered(question, ranking, text, [citation for _, citation, _ in cited])

    def _cited_statements(self, question: Question, ranking: Ranking, statements: Sequence[Statement]) -> Answer:
        shown = statements[:_MAX_STATEMENTS]
        cited = self._cited((s, s.article_id, Span(s.start, s.end), None) for s in shown)
        text = word_statements(cited, len(statements))
        return _answered(question, ranking, text, [citation for _, citation, _ in cited])

    def _cited(self, items: Iterable[tuple[T, int, Span, int | None]]) -> list[tuple[T, Citation, Article]]:
        """Each item with its citation and article; those whose article was removed meanwhile are left out."""
        wanted = list(items)
        articles = self.library.articles_by_id({article_id for _, article_id, _, _ in wanted})
        cited: list[tuple[T, Citation, Article]] = []
        for item, article_id, span, passage_id in wanted:
            article = articles.get(article_id)
            if article and (citation := cite(article, len(cited) + 1, span, passage_id)) is not None:
                cited.append((item, citation, article))
        return cited


def _answered(question: Question, ranking: Ranking, text: str, citations: list[Citation]) -> Answer:
    if not citations:
        return _abstained(question, ranking)
    return Answer(question.text, text, citations, _hits(ranking))


def _abstained(question: Question, ranking: Ranking, why: str | None = None) -> Answer:
    closest = "The closest passages are listed below." if ranking.candidates else None
    text = " ".join(filter(None, [ABSTAINED, why, closest]))
    return Answer(question.text, text, hits=_hits(ranking), abstained=True)


def _hits(ranking: Ranking, k: int = _SHOWN) -> list[Hit]:
    return [Hit(candidate.passage, candidate.score) for candidate in ranking.candidates[:k]]
