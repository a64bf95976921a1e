"""Which of the new articles match a watch, and with which quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index import Article, Library, Span, Where
from rag import Assistant

from .records import Watch

_MAX_CACHED = 64  # articles


class Matcher:
    """Compares articles with watches."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._library: Library = assistant.library
        self._terms: dict[int, frozenset[str]] = {}

    def matches(self, watch: Watch, article_ids: Sequence[int]) -> dict[int, Span]:
        """The articles that match a watch: id → where the quote is.

        An article matches a query if it contains all its words, in any form, in its text or title; a speaker, if it
        has a statement by them; a question, if the new articles answer it with a quote from this one.
        """
        if wanted := watch.where.article_ids:
            article_ids = [article_id for article_id in article_ids if article_id in wanted]
        if not article_ids:
            return {}
        where = replace(watch.where, article_ids=tuple(article_ids))
        if watch.kind == "query":
            return self._with_words(watch.words, where)
        if watch.kind == "speaker":
            return self._with_statements(watch.words, where)
        return self._with_answers(watch.words, where)

    def _with_words(self, query: str, where: Where) -> dict[int, Span]:
        terms = frozenset(self._library.passages.terms(query))
        found = [article for article in self._library.articles(where=where) if terms <= self._terms_of(article)]
        return {article.id: self._best_sentence(article, terms) for article in found}

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

    def _with_statements(self, speaker: str, where: Where) -> dict[int, Span]:
        spans: dict[int, Span] = {}
        for statement in self._assistant.statements(speaker, where=where):
            spans.setdefault(statement.article_id, Span(statement.start, statement.end))
        return spans

    def _with_answers(self, question: str, where: Where) -> dict[int, Span]:
        """Ask the articles; then those that weren't quoted, since an answer quotes only the best ones."""
        spans: dict[int, Span] = {}
        left = where.article_ids
        while left:
            answer = self._assistant.ask(question, where=replace(where, article_ids=left))
            quoted = {one.article_id: Span(one.start, one.end) for one in reversed(answer.citations)}
            spans |= {article_id: span for article_id, span in quoted.items() if article_id in left}
            if answer.abstained or not quoted.keys() & set(left):
                break
            left = tuple(article_id for article_id in left if article_id not in quoted)
        return spans
