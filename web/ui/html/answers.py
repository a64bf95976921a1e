"""The text of an answer: the short answer first, then the quotes, each with a link to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from index import Span
from rag import Answer, Citation, Unsupported

from ...messages import ask as texts
from .text import escape

_MAX_QUOTES = 3  # shown at once under a short answer
_MARKER = re.compile(r"\[(\d+)\]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def answer_html(answer: Answer, turn: int) -> Markup:
    """The paragraphs of an answer. Each marker links to its source in the panel of the same turn."""
    is_quoted = answer.mode == "quotes"
    blocks = []
    for block in _BLANK_LINES.split(answer.text.strip()):
        css_class = "quote" if is_quoted and _MARKER.search(block) else "lead"
        blocks.append(
            Markup('<p class="{}" dir="auto">{}</p>').format(css_class, _linked(block, turn, answer.citations))
        )
    return Markup("\n\n").join(
        [
            *_interpretation_html(answer),
            *_short_answer_html(answer, turn),
            *(_folded(blocks) if answer.short_answer else blocks),
            *map(_unsupported_html, answer.unsupported),
            *_related_hint_html(answer),
        ]
    )


# Paragraphs of the class "aside" aren't part of the answer: they are left out of the history.


def _short_answer_html(answer: Answer, turn: int) -> Iterator[Markup]:
    """The words that answer, as a headline."""
    if answer.short_answer and answer.citations:
        marker = answer.citations[0].marker
        yield Markup('<p class="aside short-answer" dir="auto">{} {}</p>').format(
            escape(" ".join(answer.short_answer.split())), _marker_html(marker, turn)
        )


def _folded(blocks: list[Markup]) -> list[Markup]:
    """The first quotes, and the others behind a disclosure."""
    shown, more = blocks[:_MAX_QUOTES], blocks[_MAX_QUOTES:]
    if not more:
        return shown
    return [
        *shown,
        Markup('<details class="more"><summary>{}</summary>{}</details>').format(
            texts.more_quotes(len(more)), Markup().join(more)
        ),
    ]


def _interpretation_html(answer: Answer) -> Iterator[Markup]:
    """The question as a language model understood it, with a button to correct it."""
    if answer.rewritten_question:
        yield Markup(
            '<p class="aside" dir="auto">{1} {0} <button type="button" class="ask-about" value="{0}">{2}</button></p>'
        ).format(escape(answer.rewritten_question), texts.INTERPRETED_AS, texts.EDIT)


def _unsupported_html(sentence: Unsupported) -> Markup:
    """A sentence that the articles don't support, struck out."""
    return Markup('<p class="aside unsupported" dir="auto"><s>{}</s> {} {}</p>').format(
        escape(sentence.text), texts.UNSUPPORTED, escape(sentence.reason)
    )


def _related_hint_html(answer: Answer) -> Iterator[Markup]:
    if answer.abstained and answer.hits:
        yield Markup('<p class="aside">{}</p>').format(texts.SEE_RELATED_PASSAGES)


def _linked(text: str, turn: int, citations: Sequence[Citation]) -> Markup:
    """A text with its markers as links, and with the emphasis of its quotes."""
    quoted, replacements = _emphasised(text, citations)
    known = {citation.marker for citation in citations}
    for match in _MARKER.finditer(text):
        # Within a quote, "[1]" belongs to the article, such as a footnote.
        if int(match[1]) in known and not any(span.start <= match.start() < span.end for span in quoted):
            replacements.append((Span(*match.span()), _marker_html(int(match[1]), turn)))
    pieces, end = [], 0
    for span, html in sorted(replacements):
        if span.start >= end:
            pieces += [escape(text[end : span.start]), html]
            end = span.end
    return Markup().join([*pieces, escape(text[end:])])


def _emphasised(text: str, citations: Sequence[Citation]) -> tuple[list[Span], list[tuple[Span, Markup]]]:
    """The spans of quotes in a text, and the HTML of the emphasis in them."""
    quoted: list[Span] = []
    strong: list[tuple[Span, Markup]] = []
    for citation in citations:
        for match in re.finditer(re.escape(citation.quote), text):
            quoted.append(Span(*match.span()))
            for span in citation.emphasis:
                shown = span.shifted(match.start() - citation.start)
                strong.append((shown, Markup("<strong>{}</strong>").format(escape(shown.of(text)))))
    return quoted, strong


def _marker_html(marker: int, turn: int) -> Markup:
    link = Markup('<a class="marker" href="#source-{0}-{1}" title="{2}">[{1}]</a>')
    return link.format(turn, marker, texts.source_title(marker))
