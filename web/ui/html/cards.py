"""Source cards: one for each article, with its quotes in their passages, and the whole article in a dialog."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from index import Article, Span

from ...messages import ask as texts
from .articles import byline_html, title_of
from .text import EMPTY, escape

MAX_CONTEXT_CHARACTERS = 300
_SENTENCE_GAP = re.compile(r"(?<=[.!?”\"\n])\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an article that matter (`focus`), in the passage to show. `key` identifies it in the page."""

    key: str
    passage: Span
    focus: Span
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SourceCard:
    """An article with what is marked in it."""

    article: Article
    marks: tuple[Mark, ...]


def with_context(quote: Span, article: Article) -> Span:
    """A quote with the whole sentences around it, at most `MAX_CONTEXT_CHARACTERS` on each side."""
    first, last = quote.start - MAX_CONTEXT_CHARACTERS, quote.end + MAX_CONTEXT_CHARACTERS
    before = [gap.end() for gap in _SENTENCE_GAP.finditer(article.text, max(first, 0), quote.start)]
    after = [gap.start() for gap in _SENTENCE_GAP.finditer(article.text, quote.end, last)]
    start = 0 if first <= 0 else before[0] if before else quote.start
    end = len(article.text) if last >= len(article.text) else after[-1] if after else quote.end
    return Span(start, end)


def card_html(card: SourceCard, note: Markup = EMPTY, buttons: Markup = EMPTY) -> Markup:
    """A card: the passages with their marks highlighted, a `note` above them and further `buttons` below."""
    numbers = [_number_html(mark) for mark in card.marks if mark.number]
    title = escape(title_of(card.article))
    return Markup(
        '<article class="source"><h3 dir="auto">{numbers}{title}</h3>{byline}{note}{passages}'
        '<button type="button" class="open-article" value="mark-{key}" aria-label="{show}: {title}">{show}</button>'
        "{buttons}</article>"
    ).format(
        numbers=Markup().join(numbers),
        title=title,
        byline=byline_html(card.article),
        note=note,
        passages=Markup().join(_passage_html(card.article, group) for group in _in_passages(card.marks)),
        key=card.marks[0].key,
        show=texts.SHOW_ARTICLE,
        buttons=buttons,
    )


def _number_html(mark: Mark) -> Markup:
    return Markup('<span class="number">{}</span> ').format(mark.number)


def _in_passages(marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks by the passage that shows them: neighbours share one, unless they overlap."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.focus, mark.number or 0)):
        last = groups[-1][-1] if groups else None
        if last and mark.passage.start <= last.passage.end and last.focus.end <= mark.focus.start:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _passage_html(article: Article, marks: Sequence[Mark]) -> Markup:
    start, end = min(mark.passage.start for mark in marks), max(mark.passage.end for mark in marks)
    if not marks[0].number:
        return _blockquote(escape(article.text[start:end]))

    def opening(mark: Mark) -> Markup:
        number = _number_html(mark) if len(marks) > 1 else EMPTY
        return Markup('{}<mark id="source-{}" tabindex="-1">').format(number, mark.key)

    return _blockquote(_highlighted(article.text, Span(start, end), marks, opening))


def _blockquote(words: Markup) -> Markup:
    return Markup('<blockquote class="passage" dir="auto">{}</blockquote>').format(words)


def dialogs_html(cards: Iterable[SourceCard], group: str) -> Markup:
    """A dialog for each article of a panel's cards, with all its highlights. `group` makes their ids unique."""
    by_article: dict[int, list[SourceCard]] = {}
    for card in cards:
        by_article.setdefault(card.article.id, []).append(card)
    return Markup().join(
        _dialog_html(cards[0].article, [mark for card in cards for mark in card.marks], group)
        for cards in by_article.values()
    )


def _dialog_html(article: Article, marks: Sequence[Mark], group: str) -> Markup:
    def opening(mark: Mark) -> Markup:
        return Markup('<mark id="mark-{}" tabindex="-1">').format(mark.key)

    return Markup(
        '<dialog class="article-dialog" id="article-{group}-{id}"><header><h2 dir="auto">{title}</h2>'
        '<button type="button" class="close-article">{close}</button></header>{byline}'
        '<div class="article-text" dir="auto" tabindex="0">{text}</div></dialog>'
    ).format(
        group=group,
        id=article.id,
        title=escape(title_of(article)),
        close=texts.CLOSE,
        byline=byline_html(article),
        text=_highlighted(article.text, Span(0, len(article.text)), marks, opening),
    )


def _highlighted(text: str, span: Span, marks: Iterable[Mark], opening: Callable[[Mark], Markup]) -> Markup:
    """The text of a span with the focus of each mark highlighted. Of two that overlap, the later one gets the rest."""
    pieces, end = [], span.start
    for mark in sorted(marks, key=lambda mark: mark.focus):
        start = max(end, mark.focus.start)
        stop = max(start, mark.focus.end)
        pieces += [escape(text[end:start]), opening(mark), escape(text[start:stop]), Markup("</mark>")]
        end = stop
    return Markup().join([*pieces, escape(text[end : span.end])])
