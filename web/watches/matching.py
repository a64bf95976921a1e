"""Which of the new articles match a watch, and with which quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index import Article, Library, Span
from rag import Assistant
from rag.knowledge import SpeakerFinder

from .records import Watch

_MAX_CACHED = 64  # articles


class Matcher:
    """Compares articles with watches."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._library: Library = assistant.library
        self._speakers = SpeakerFinder(assistant.library)
        self._terms: dict[int, frozenset[str]] = {}

    def matches(self, watch: Watch, articles: Sequence[Article]) -> dict[int, Span]:
        """The articles that match a watch: id → where the quote is.

        An article matches a query if it contains all its words, in any form, in its text or title; a speaker, if it
        has a statement by them; a question, if the new articles answer it with a quote from this one.
        """
        if watch.kind == "query":
            terms = frozenset(self._library.passages.terms(watch.words))
            found = [article for article in articles if terms and terms <= self._terms_of(article)]
            return {article.id: self._best_sentence(article, terms) for article in found}
        if watch.kind == "speaker":
            return self._with_statements(watch.words, articles)
        return self._with_answers(watch.words, {article.id: article for article in articles})

    def _terms_of(self, article: Article) -> frozenset[str]:
        if article.id not in self._terms:
            while len(self._terms) >= _MAX_CACHED:
                self._terms.pop(next(iter(self._terms)))
            self._terms[article.id] = frozenset(self._library.passages.terms(f"{article.title}\n{article.text}"))
        return self._terms[article.id]

    def _best_sentence(self, article: Article, terms: frozenset[str]) -> Span:
        """The first sentence with the most words of the query."""
        passages = self._library.passages
        spans = [span for passage in passages.of_article(article.id) for span in passage.sentences]
        if not spans:
            return Span(0, 0)
        return max(spans, key=lambda span: len(terms & set(passages.terms(span.of(article.text)))))

    def _with_statements(self, speaker: str, articles: Sequence[Article]) -> dict[int, Span]:
        if not (names := self._speakers.find(speaker).stored_names):
            return {}
        found = self._library.statements(names, [article.id for article in articles])
        spans: dict[int, Span] = {}
        for statement in found:
            spans.setdefault(statement.article_id, Span(statement.start, statement.end))
        return spans

    def _with_answers(self, question: str, articles: Mapping[int, Article]) -> dict[int, Span]:
        answer = self._assistant.ask(question)
        spans: dict[int, Span] = {}
        for citation in answer.citations:
            if citation.article_id in articles:
                spans.setdefault(citation.article_id, Span(citation.start, citation.end))
        return spans
