"""Reading what a language model writes, as it comes: JSON as was asked for, or text with [2: "words"] in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import from_json

from index.chunking import sentence_spans

from .generator import DraftQuote, DraftSentence

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_FENCE = re.compile(r"\A\s*```(?:json)?\s*")
_MARKER = r"\[\s*(?:source\s*)?(\d{1,4})\s*(?:[:,]\s*([^\]]*))?\]"
_SENTENCE = re.compile(
    rf"(?P<text>[^\[\]]+(?:\[(?!\s*(?:source\s*)?\d)[^\]]*\][^\[\]]*)*)(?P<markers>(?:\s*{_MARKER})+)[.!?]?",
    re.IGNORECASE,
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)
_ENDS = frozenset('}]).!?"” ')
_QUOTATION_MARKS = "\"“”„'’‘«» "


def read_drafts(pieces: Iterable[str]) -> Iterator[DraftSentence]:
    """The sentences in what a model writes, each as soon as it is whole; what has no source is left out."""
    text, given = "", 0
    for piece in pieces:
        text += piece
        if not _ENDS.intersection(piece):  # nothing can have become whole
            continue
        drafts = _drafts(text, is_whole=False)
        yield from drafts[given:]
        given = max(given, len(drafts))
    yield from _drafts(text, is_whole=True)[given:]


def _drafts(text: str, is_whole: bool) -> list[DraftSentence]:
    text = _FENCE.sub("", _THOUGHT.sub("", text))
    if re.match(r"\s*(?:\{|\[\s*(?:\{|\Z))", text):
        return _of_json(text.lstrip())
    return _of_text(text, is_whole)


def _of_json(text: str) -> list[DraftSentence]:
    """The sentences of JSON, as far as they are whole. Those of a text that still grows are known by their quotes."""
    try:
        value = from_json(text.rstrip().removesuffix("```"), allow_partial="trailing-strings")
    except ValueError:
        return []
    found = value.get("sentences", []) if isinstance(value, dict) else value
    items = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    is_last_whole = _depth(text) <= (2 if text.startswith("{") else 1)
    return [draft for item in items for draft in _of_item(item, is_whole=is_last_whole or item is not items[-1])]


def _depth(text: str) -> int:
    """How many brackets are open at the end of JSON."""
    bare = _STRING.sub("", text)
    return sum(map(bare.count, "{[")) - sum(map(bare.count, "]}"))


def _of_item(item: dict[str, Any], is_whole: bool) -> list[DraftSentence]:
    text, quotes = item.get("text"), item.get("quotes")
    if not isinstance(text, str) or not isinstance(quotes, list):
        return []
    found = tuple(
        DraftQuote(quote["source"], quote["words"] if isinstance(quote.get("words"), str) else "")
        for quote in quotes
        if isinstance(quote, dict) and type(quote.get("source")) is int
    )
    sentences = [span.of(text) for span in sentence_spans(text)]
    if not is_whole and list(item)[-1] != "text":
        return []  # more quotes may follow
    return [DraftSentence(sentence, found) for sentence in (sentences if is_whole else sentences[:-1])]


def _of_text(text: str, is_whole: bool) -> list[DraftSentence]:
    """The sentences of plain text; one is whole once something else follows its markers."""
    found = []
    for match in _SENTENCE.finditer(text):
        if not is_whole and text[match.end() :].lstrip()[:1] in ("", "["):
            break  # another marker may follow
        quotes = tuple(
            DraftQuote(int(marker[1]), (marker[2] or "").strip(_QUOTATION_MARKS))
            for marker in re.finditer(_MARKER, match["markers"], re.IGNORECASE)
        )
        found.append(DraftSentence(match["text"].strip(), quotes))
    return found
