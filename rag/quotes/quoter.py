"""Answers made of exact quotes: statements, sentences that tell a fact, articles that mention something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from index import Article, Hit, Library, Span, shared, shingles

from ..answer import Answer, Citation
from ..question import MOST, Question, SpeakerFinder, SpeechAct, stems
from ..retrieval import Ranking
from ..verification import cite
from .abstention import THRESHOLDS, Caution, checked_caution, support
from .articles import lead, mentions
from .sentences import find_quotes
from .speech_answer import tell
from .wording import ABSTAINED, none_mentions, word_mentions, word_quotes, word_statements

_HELD = 0.5  # share of a quote's shingles from which an article holds it too
_SHOWN = 10  # hits that come with an answer

T = TypeVar("T")


class Quoter:
    """Answers understood questions with exact quotes."""

    def __init__(self, library: Library, speakers: SpeakerFinder, caution: Caution) -> None:
        self._library = library
        self._speakers = speakers
        self._threshold = THRESHOLDS[checked_caution(caution)]

    def answer(self, question: Question, ranking: Ranking, most: int | None) -> Answer:
        """The answer, with at most that many quotes; it abstains where there is no support.

        Raises:
            ArticleChanged: an article got another text meanwhile.
        """
        if question.kind == "statements":
            return self._tell(question, ranking)
        if question.kind == "mentions":
            return self._list_articles(question, ranking)
        return self._explain(question, ranking, most=most)

    def _tell(self, question: Question, ranking: Ranking) -> Answer:
        """Answer with what speakers said, or with words about them where these may tell instead."""
        telling = tell(self._library, self._speakers, question)
        if telling.told:
            shown = [
                (one, one.statement.article_id, Span(one.statement.start, one.statement.end), one.statement.text, None)
                for one in telling.told
            ]
            cited = self._cited(shown)
            also = self._library.articles_by_id({i for one, _, _ in cited for i in one.also_in})
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
        way: SpeechAct | None = None,
        most: int | None = None,
    ) -> Answer:
        """Answer with the sentences that fit the question best; only those that hold a name or a way of speaking."""
        found = support(self._library, question, ranking)
        if found.confidence < self._threshold:
            why = none_mentions(found.unknown or found.misspelt, self._nearest(found.misspelt))
            return _abstained(question, ranking, why)
        if question.kind == "article":
            quotes = lead(self._library, ranking)
        else:
            quotes = find_quotes(self._library, question, ranking, named)[:most]
        also_in = {candidate.passage.id: candidate.also_in for candidate in ranking.candidates}
        if way is not None:
            wanted = stems(self._library, way)
            quotes = [quote for quote in quotes if wanted & set(self._library.terms(quote.text))]
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
            ],
            found.misspelt,
        )
        return _answered(question, ranking, text, [citation for _, citation, _ in cited])

    def _nearest(self, misspelt: Sequence[str]) -> list[str]:
        """The speakers whose names look like misspelt ones."""
        asked = [self._speakers.find(name) for name in misspelt]
        return [name for one in asked for name in ([s.name for s in one.speakers] if one.corrected else one.nearest)]

    def _list_articles(self, question: Question, ranking: Ranking) -> Answer:
        """Answer with the articles that mention something, each with its first sentence that does."""
        found = mentions(self._library, question.query)
        cited = self._cited((q, q.passage.article_id, q.span, q.text, q.passage.id) for q in found[:MOST])
        text = word_mentions([(citation, article) for _, citation, article in cited], len(found))
        return _answered(question, ranking, text, [citation for _, citation, _ in cited])

    def _holding(self, quote: str, article_ids: Iterable[int]) -> list[Article]:
        """Those of these articles that hold most of a quote."""
        words = shingles(quote)
        articles = self._library.articles_by_id(article_ids)
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
        articles = self._library.articles_by_id({article_id for _, article_id, *_ in wanted})
        cited: list[tuple[T, Citation, Article]] = []
        for item, article_id, span, words, passage_id in wanted:
            article = articles.get(article_id)
            if article and (citation := cite(article, len(cited) + 1, span, words, passage_id, query)) is not None:
                cited.append((item, citation, article))
        return cited


def _answered(question: Question, ranking: Ranking, text: str, citations: list[Citation]) -> Answer:
    if not citations:
        return _abstained(question, ranking)
    return Answer(question.text, text, citations, hits_of(ranking))


def _abstained(question: Question, ranking: Ranking, why: str | None = None) -> Answer:
    closest = "The closest passages are listed below." if ranking.candidates else None
    text = " ".join(filter(None, [ABSTAINED, why, closest]))
    return Answer(question.text, text, hits=hits_of(ranking), abstained=True)


def hits_of(ranking: Ranking, k: int = _SHOWN) -> list[Hit]:
    """The best passages of a ranking."""
    return [Hit(candidate.passage, candidate.score, candidate.also_in) for candidate in ranking.candidates[:k]]
