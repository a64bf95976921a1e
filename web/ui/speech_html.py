"""Speakers and their statements as HTML. As in `web.render`, every word of an article is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from index import Article, Span, Speaker, Statement

from .html import SourceCard, context, dialogs_html, escape, long_date, source_html

_ASKED_CHARACTERS = 160
_DAYS_OF_MONTHS, _DAYS_OF_YEARS = 60, 3 * 365  # periods from which a timeline counts by month, by year


def describe_speaker(speaker: Speaker) -> str:
    """Two lines of plain text: the name, and how much the articles report."""
    statements = "1 statement" if speaker.statements == 1 else f"{speaker.statements:,} statements"
    articles = "1 article" if speaker.articles == 1 else f"{speaker.articles:,} articles"
    days = [long_date(day) for day in dict.fromkeys((speaker.first, speaker.last)) if day]
    role = speaker.roles[0] if speaker.roles else None
    return f"{speaker.name}\n{' · '.join(filter(None, [role, f'{statements} in {articles}', ' to '.join(days)]))}"


def statements_html(
    speaker: Speaker, statements: Sequence[Statement], articles: Mapping[int, Article], first: int, total: int
) -> Markup:
    """A speaker's statements in the order of time, each with its place in the article; `first` counts from 0."""
    shown = [s for s in statements if s.article_id in articles]
    sources = [_source(number, s, articles[s.article_id]) for number, s in enumerate(shown, first + 1)]
    return Markup(
        '<section class="sources spoken"><h2 dir="auto">{}</h2><p class="hint" dir="auto">{}</p>{}{}</section>'
    ).format(
        escape(speaker.name),
        escape(_summary(speaker, first, len(shown), total)),
        Markup().join(
            source_html(source, _cue_html(statement), _ask_html(statement))
            for source, statement in zip(sources, shown, strict=True)
        ),
        dialogs_html(sources, "spoken"),
    )


def timeline_html(days: Sequence[date]) -> Markup:
    """Bars that count statements by day, month or year; nothing where fewer than two bars would stand."""
    if not days:
        return Markup()
    counts = Counter(_bucket(day, (max(days) - min(days)).days) for day in days)
    if len(counts) < 2:
        return Markup()
    most = max(counts.values())
    bars = Markup().join(
        Markup('<li title="{0}: {1}"><span class="bar" style="height:{2}%"></span><span class="when">{0}</span>'
               '<span class="many">{1}</span></li>').format(escape(label), count, round(100 * count / most))
        for (_, label), count in sorted(counts.items())
    )  # fmt: skip
    return Markup('<ol class="timeline" aria-label="Statements over time">{}</ol>').format(bars)


def _bucket(day: date, span: int) -> tuple[str, str]:
    """What a bar counts, for sorting and as a label."""
    if span > _DAYS_OF_YEARS:
        return str(day.year), str(day.year)
    if span > _DAYS_OF_MONTHS:
        return f"{day:%Y-%m}", f"{day:%b %Y}"
    return day.isoformat(), f"{day.day} {day:%b}"


def _source(number: int, statement: Statement, article: Article) -> SourceCard:
    quote = Span(statement.start, statement.end)
    return SourceCard(f"spoken-{number}", article, context(quote, article), quote, number)


def _summary(speaker: Speaker, first: int, shown: int, total: int) -> str:
    names = [name for name in speaker.names if name != speaker.name]
    parts = [
        "; ".join(speaker.roles[:3]),
        f"also as {', '.join(names[:5])}" if names else "",
        f"statements {first + 1:,} to {first + shown:,} of {total:,}" if shown < total else f"{total:,} statements",
    ]
    return " · ".join(part for part in parts if part)


def _cue_html(statement: Statement) -> Markup:
    """How the sentence names the speaker, where it doesn't by name."""
    if not statement.inferred:
        return Markup()
    return Markup('<p class="hint">{}</p>').format(
        escape(f"“{statement.mention} {statement.cue}”: read as {statement.speaker}")
    )


def _ask_html(statement: Statement) -> Markup:
    words = " ".join(statement.text.split())
    if len(words) > _ASKED_CHARACTERS:
        words = f"{words[:_ASKED_CHARACTERS].rsplit(' ', 1)[0]}…"
    return Markup(' <button type="button" class="ask-about" value="{}">Ask about this</button>').format(
        escape(f"What has been said about this: {words}")
    )
