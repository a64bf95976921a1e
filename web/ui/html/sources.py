"""The panel beside an answer: its sources, or passages that are related to the question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from index import Article, Span
from rag import Answer

from ...conversations import RemovedArticle
from ...messages import ask as texts
from .cards import Mark, SourceCard, card_html, dialogs_html, with_context
from .take import quote_buttons_html
from .text import EMPTY, escape, panel_html

MAX_RELATED_PASSAGES = 5


def sources_html(answer: Answer, articles: Mapping[int, Article], turn: int) -> Markup:
    """The sources of an answer, or related passages if there is no answer, with dialogs of their articles.

    `articles` has the articles of the citations and hits by id; those removed in the meantime may be missing.
    """
    marks = _cited_marks(answer, articles, turn) if answer.citations else _related_marks(answer, articles, turn)
    cards = _by_article(marks, articles)
    if not cards:
        hint = texts.SOURCES_REMOVED if answer.citations else texts.NO_RELATED_PASSAGES
        return panel_html(texts.SOURCES, hint if answer.citations or answer.abstained else texts.NEEDS_NO_SOURCES)
    shown = Markup().join(card_html(card, buttons=_take_html(card)) for card in cards)
    if not answer.citations:
        shown = Markup('<details class="related"><summary>{}</summary>{}</details>').format(
            texts.related_passages(sum(len(card.marks) for card in cards)), shown
        )
    return Markup(
        '<section class="sources" id="sources-{}"><h2>{}</h2><p class="hint" dir="auto">{}</p>{}{}</section>'
    ).format(turn, texts.SOURCES, escape(texts.for_question(answer.question)), shown, dialogs_html(cards, str(turn)))


def _take_html(card: SourceCard) -> Markup:
    """Buttons to copy the quotes of a card; none if the article was removed, since its page is gone."""
    if isinstance(card.article, RemovedArticle):
        return EMPTY
    return quote_buttons_html(card.article, [(mark.number, mark.focus) for mark in card.marks])


def _cited_marks(answer: Answer, articles: Mapping[int, Article], turn: int) -> Iterator[tuple[int, Mark]]:
    """The quotes with the ids of their articles, in the order of the answer."""
    passages = {hit.passage.id: Span(hit.passage.start, hit.passage.end) for hit in answer.hits}
    for citation in answer.citations:
        if article := articles.get(citation.article_id):
            quote = Span(citation.start, citation.end)
            passage = passages.get(citation.passage_id or -1) or with_context(quote, article)
            excerpt = Span(min(passage.start, quote.start), max(passage.end, quote.end))
            yield article.id, Mark(f"{turn}-{citation.marker}", excerpt, quote, citation.marker)


def _related_marks(answer: Answer, articles: Mapping[int, Article], turn: int) -> Iterator[tuple[int, Mark]]:
    for number, hit in enumerate(answer.hits[:MAX_RELATED_PASSAGES], start=1):
        if hit.passage.article_id in articles:
            span = Span(hit.passage.start, hit.passage.end)
            yield hit.passage.article_id, Mark(f"{turn}-{number}", span, span)


def _by_article(marks: Iterator[tuple[int, Mark]], articles: Mapping[int, Article]) -> list[SourceCard]:
    """A card for each article, in the order of their first marks."""
    by_article: dict[int, list[Mark]] = {}
    for article_id, mark in marks:
        by_article.setdefault(article_id, []).append(mark)
    return [SourceCard(articles[article_id], tuple(marks)) for article_id, marks in by_article.items()]
