"""Speakers and their statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from index import Article, Span, Speaker, Statement

from ...messages import speakers as texts
from ...messages.common import long_date
from .cards import Mark, SourceCard, card_html, dialogs_html, with_context
from .take import quote_buttons_html
from .text import escape

_MAX_QUESTION_CHARACTERS = 160
_MAX_NAMES, _MAX_ROLES = 5, 3
_MONTHLY_FROM_DAYS, _YEARLY_FROM_DAYS = 60, 3 * 365  # a timeline longer than this counts by month, by year


def speaker_label(speaker: Speaker) -> str:
    """A speaker in the list, as two lines of plain text: the name, then how much the articles report."""
    dates = [long_date(day) for day in dict.fromkeys((speaker.first, speaker.last)) if day]
    role = speaker.roles[0] if speaker.roles else None
    return f"{speaker.name}\n{texts.speaker_details(role, speaker.statements, speaker.articles, dates)}"


def statements_html(
    speaker: Speaker, statements: Sequence[Statement], articles: Mapping[int, Article], first: int, total: int
) -> Markup:
    """Statements of a speaker by date, each within its article. `first` is the 0-based number of the first of them."""
    shown = [statement for statement in statements if statement.article_id in articles]
    cards = [_card(number, one, articles[one.article_id]) for number, one in enumerate(shown, first + 1)]
    other_names = [name for name in speaker.names if name != speaker.name]
    summary = texts.statements_summary(speaker.roles[:_MAX_ROLES], other_names[:_MAX_NAMES], first, len(shown), total)
    return Markup(
        '<section class="sources spoken"><h2 dir="auto">{}</h2><p class="hint" dir="auto">{}</p>{}{}</section>'
    ).format(
        escape(speaker.name),
        escape(summary),
        Markup().join(
            card_html(card, _notes_html(statement), _buttons_html(card, statement))
            for card, statement in zip(cards, shown, strict=True)
        ),
        dialogs_html(cards, "spoken"),
    )


def timeline_html(days: Sequence[date]) -> Markup:
    """Bars that count statements by day, month or year; nothing if there would be fewer than two bars."""
    if not days:
        return Markup()
    counts = Counter(_bucket(day, (max(days) - min(days)).days) for day in days)
    if len(counts) < 2:
        return Markup()
    highest = max(counts.values())
    bars = Markup().join(
        Markup(
            '<li title="{}"><span class="bar" style="height:{}%"></span><span class="period">{}</span>'
            '<span class="count">{}</span></li>'
        ).format(escape(texts.timeline_bar(label, count)), round(100 * count / highest), escape(label), count)
        for (_, label), count in sorted(counts.items())
    )
    return Markup('<ol class="timeline" aria-label="{}">{}</ol>').format(escape(texts.TIMELINE), bars)


def _bucket(day: date, total_days: int) -> tuple[str, str]:
    """The sort key and the label of the bar that counts a day."""
    if total_days > _YEARLY_FROM_DAYS:
        return str(day.year), str(day.year)
    if total_days > _MONTHLY_FROM_DAYS:
        return f"{day:%Y-%m}", f"{day:%b %Y}"
    return day.isoformat(), f"{day.day} {day:%b}"


def _card(number: int, statement: Statement, article: Article) -> SourceCard:
    quote = Span(statement.start, statement.end)
    return SourceCard(article, (Mark(f"spoken-{number}", with_context(quote, article), quote, number),))


def _notes_html(statement: Statement) -> Markup:
    """Whether the words are the speaker's own, who reports them, and the person behind a pronoun or role."""
    notes = [
        texts.DIRECT_SPEECH if statement.is_direct else texts.REPORTED_SPEECH,
        texts.reported_by(statement.via) if statement.via else "",
        texts.inferred_speaker(statement.mention, statement.speaker) if statement.inferred else "",
    ]
    return Markup('<p class="hint">{}</p>').format(escape(" · ".join(filter(None, notes))))


def _buttons_html(card: SourceCard, statement: Statement) -> Markup:
    quotes = [(None, mark.focus) for mark in card.marks]
    return _ask_button_html(statement) + quote_buttons_html(card.article, quotes)


def _ask_button_html(statement: Statement) -> Markup:
    words = " ".join(statement.text.split())
    if len(words) > _MAX_QUESTION_CHARACTERS:
        words = f"{words[:_MAX_QUESTION_CHARACTERS].rsplit(' ', 1)[0]}…"
    return Markup(' <button type="button" class="ask-about" value="{}">{}</button>').format(
        escape(texts.question_about(words)), escape(texts.ASK_ABOUT)
    )
