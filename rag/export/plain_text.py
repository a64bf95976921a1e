"""Exchanges as plain text and as simple HTML, to be copied elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from . import wording
from .exchange import Exchange, ExportedQuote
from .reference import clean


def to_text(exchanges: Iterable[Exchange], with_questions: bool = True) -> str:
    """Plain text: the answers, each quote followed by its origin."""
    return "\n\n".join(_text(exchange, with_questions) for exchange in exchanges) + "\n"


def to_html(exchanges: Iterable[Exchange], with_questions: bool = True) -> str:
    """A fragment of HTML for a word processor. Every word is escaped; the only links are the articles' own."""
    return str(Markup().join(_html(exchange, with_questions) for exchange in exchanges))


def quote_text(quote: ExportedQuote) -> str:
    """One quote with its origin and address."""
    return f"{quote.text}\n— {', '.join(filter(None, (quote.origin, quote.link)))}"


def _text(exchange: Exchange, with_question: bool) -> str:
    blocks = [block if isinstance(block, str) else quote_text(block) for block in exchange.blocks]
    short = f"{wording.SHORT_ANSWER}: {exchange.short_answer}" if exchange.short_answer else ""
    question = exchange.question if with_question else ""
    return "\n\n".join(filter(None, [question, short, *blocks, *exchange.notes]))


def _html(exchange: Exchange, with_question: bool) -> Markup:
    parts: list[Markup] = []
    if with_question and exchange.question:
        parts.append(Markup("<h2>{}</h2>").format(exchange.question))
    if exchange.short_answer:
        parts.append(Markup("<p><strong>{}</strong></p>").format(exchange.short_answer))
    parts += [_paragraph(block) if isinstance(block, str) else _quote_html(block) for block in exchange.blocks]
    parts += [Markup("<p><em>{}</em></p>").format(note) for note in exchange.notes]
    return Markup().join(parts)


def _quote_html(quote: ExportedQuote) -> Markup:
    address = Markup("")
    if quote.link:
        address = Markup(', <a href="{}">{}</a>').format(quote.link, quote.reference.url or quote.link)
    return Markup("<blockquote>{}<p>— {}{}</p></blockquote>").format(_paragraph(quote.text), quote.origin, address)


def _paragraph(text: str) -> Markup:
    lines = clean(text).splitlines()
    return Markup("<p>{}</p>").format(Markup("<br>").join(lines))
