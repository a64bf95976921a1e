"""Spans of the tokens of a parsed sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...records import Span

QUOTATION_MARKS = "“”\"'‘’„«»`"
_OPENING_SIGNS = "([$"


def span_between(first: Token, last: Token) -> Span:
    """Return the span of two tokens and what is between them."""
    return Span(min(first.idx, last.idx), max(first.idx + len(first), last.idx + len(last)))


def spans_of(tokens: Iterable[Token], quoted: Sequence[bool]) -> tuple[Span, ...]:
    """Return runs of neighbouring tokens as spans, without punctuation at their ends except quotation marks.

    `quoted` says of each token of the sentence whether it is in a quotation.
    """
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    trimmed = [_trimmed(run, quoted) for run in runs]
    return tuple(
        span_between(run[0], run[-1]) for run in trimmed if any(token.is_alpha or token.like_num for token in run)
    )


def _trimmed(run: list[Token], quoted: Sequence[bool]) -> list[Token]:
    while run and _is_edge_punctuation(run[0]):
        run = run[1:]
    while run and (_is_edge_punctuation(run[-1]) or run[-1].tag_ == "CC") and not quoted[run[-1].i]:
        run = run[:-1]
    return run


def _is_edge_punctuation(token: Token) -> bool:
    return token.is_punct and token.text not in QUOTATION_MARKS and token.text not in _OPENING_SIGNS
