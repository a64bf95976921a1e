"""Exchanges as Markdown in which no word of an article is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote as percent_encoded

from . import wording
from .exchange import Exchange, ExportedQuote
from .reference import one_line

# Signs with a meaning anywhere in a line; with an "@", "://" or "www." an address would become a link.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$@^{}]|(?<=\w):(?=//)|(?<=[wW]{3})\.|(?<=[fF][tT][pP])\.")
# Signs with a meaning at the beginning of a line: headings, lists, quotes, rules, tables.
_AT_START = re.compile(r"^(\d{0,9})([#+\-=.):!])")
_URL_CHARACTERS = "!#$&'*+,/:;=?@~%"


def to_markdown(exchanges: Iterable[Exchange], title: str = "", with_questions: bool = True) -> str:
    """A Markdown document: a heading for each question, a block quote for each quote, with its origin."""
    parts = [f"# {escaped(title)}"] if title else []
    for exchange in exchanges:
        parts += _exchange(exchange, with_questions)
    return "\n\n".join(parts) + "\n"


def quote_markdown(quote: ExportedQuote) -> str:
    """One quote with its origin and address, as a block quote."""
    origin = f"— {escaped(quote.origin)}"
    if quote.link:
        origin += f", <{percent_encoded(quote.link, safe=_URL_CHARACTERS)}>"
    lines = [*(escaped(line) for line in quote.text.splitlines() if line), origin]
    return "\n>\n".join(f"> {line}" for line in lines)


def escaped(text: str) -> str:
    """A text as one line that Markdown shows literally."""
    line = _ANYWHERE.sub(r"\\\g<0>", one_line(text))
    return _AT_START.sub(r"\1\\\2", line)


def _exchange(exchange: Exchange, with_question: bool) -> Iterator[str]:
    if with_question and exchange.question:
        yield f"## {escaped(exchange.question)}"
    if exchange.short_answer:
        yield f"**{wording.SHORT_ANSWER}:** {escaped(exchange.short_answer)}"
    for block in exchange.blocks:
        if isinstance(block, ExportedQuote):
            yield quote_markdown(block)
        else:
            yield "\n\n".join(escaped(line) for line in block.splitlines() if line.strip())
    for note in exchange.notes:
        yield f"*{escaped(note)}*"
