"""Parse the growing output of a language model: the requested JSON, or text with markers such as [2: "words"]."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import from_json

from index.chunking import sentence_spans

from .generator import DraftQuote, DraftSentence

_REASONING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_FENCE = re.compile(r"\A\s*```(?:json)?\s*")
_BRACKET = re.compile(r"[\[\]]")
_IN_MARKER = re.compile(r"(?<!\s)\s*+(?:source\s*+)?(\d{1,4})\s*+(?:[:,]\s*+(.*))?", re.IGNORECASE | re.DOTALL)
_STARTS_MARKER = re.compile(r"(?<!\s)\s*+(?:source\s*+)?\d", re.IGNORECASE)
_NOT_BLANK = re.compile(r"\S")
_NEXT_MARKER = re.compile(r"(?<!\s)\s*+\[")
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_GROWTH = 32  # a text is parsed again when it has grown by such a part of its length, so all parses take linear time
_SENTENCE_ENDS = frozenset('}]).!?"” ')
_QUOTATION_MARKS = "\"“”„'’‘«» "


def parse_drafts(pieces: Iterable[str]) -> Iterator[DraftSentence]:
    """Yield each sentence as soon as it is complete; sentences without a source are skipped."""
    text, yielded, parsed = "", 0, 0
    for piece in pieces:
        text += piece
        if not _SENTENCE_ENDS.intersection(piece):  # no sentence can have become complete
            continue
        if len(text) - parsed < len(text) // _GROWTH:
            continue
        parsed = len(text)
        drafts = _parse(text, is_complete=False)
        yield from drafts[yielded:]
        yielded = max(yielded, len(drafts))
    yield from _parse(text, is_complete=True)[yielded:]


def _parse(text: str, is_complete: bool) -> list[DraftSentence]:
    text = _FENCE.sub("", _REASONING.sub("", text))
    if re.match(r"\s*(?:\{|\[\s*(?:\{|\Z))", text):
        return _parse_json(text.lstrip())
    return _parse_text(text, is_complete)


def _parse_json(text: str) -> list[DraftSentence]:
    """Return the complete sentences of JSON, which may still grow.

    A sentence that follows its quotes is complete when another sentence follows it.
    """
    try:
        value = from_json(text.rstrip().removesuffix("```"), allow_partial="trailing-strings")
    except ValueError:
        return []
    sentences = value.get("sentences", []) if isinstance(value, dict) else value
    items = [item for item in sentences if isinstance(item, dict)] if isinstance(sentences, list) else []
    is_last_complete = _open_brackets(text) <= (2 if text.startswith("{") else 1)
    return [
        draft for item in items for draft in _parse_item(item, is_complete=is_last_complete or item is not items[-1])
    ]


def _open_brackets(text: str) -> int:
    """Count the brackets that are still open at the end of JSON."""
    structure = _JSON_STRING.sub("", text)
    return sum(map(structure.count, "{[")) - sum(map(structure.count, "]}"))


def _parse_item(item: dict[str, Any], is_complete: bool) -> list[DraftSentence]:
    text, quotes = item.get("text"), item.get("quotes")
    if not isinstance(text, str) or not isinstance(quotes, list):
        return []
    draft_quotes = tuple(
        DraftQuote(quote["source"], quote["words"] if isinstance(quote.get("words"), str) else "")
        for quote in quotes
        if isinstance(quote, dict) and type(quote.get("source")) is int
    )
    if not is_complete and list(item)[-1] != "text":
        return []  # more quotes may follow
    sentences = [span.of(text) for span in sentence_spans(text)]
    return [DraftSentence(sentence, draft_quotes) for sentence in (sentences if is_complete else sentences[:-1])]


def _parse_text(text: str, is_complete: bool) -> list[DraftSentence]:
    """Return the sentences of plain text; one is complete when something else follows its markers.

    Brackets without the number of a source are part of a sentence; one that isn't closed starts it again.
    """
    drafts: list[DraftSentence] = []
    start = position = 0  # of the sentence, and from where brackets are examined
    close = -1  # the next closing bracket
    while bracket := _BRACKET.search(text, position):
        if close < bracket.start() and (close := text.find("]", bracket.start())) < 0:
            break
        if bracket[0] == "]" or bracket.start() == start:
            start = position = bracket.end()
            continue
        quotes, end = _markers(text, bracket.end(), close)
        if quotes:
            if text[end : end + 1] in (".", "!", "?"):
                end += 1
            if not is_complete and not _is_followed(text, end):
                break  # another marker may follow
            if sentence := text[start : bracket.start()].strip():
                drafts.append(DraftSentence(sentence, tuple(quotes)))
            start = position = end
        elif _STARTS_MARKER.match(text, bracket.end()):
            start = position = bracket.end()
        else:
            position = close + 1
    return drafts


def _markers(text: str, start: int, close: int) -> tuple[list[DraftQuote], int]:
    """Return what the marker between two brackets and those that follow it refer to, and the end of the last one."""
    quotes: list[DraftQuote] = []
    end = start
    while close >= 0 and (marker := _IN_MARKER.fullmatch(text, start, close)):
        quotes.append(DraftQuote(int(marker[1]), (marker[2] or "").strip(_QUOTATION_MARKS)))
        end = close + 1
        if (opening := _NEXT_MARKER.match(text, end)) is None:
            break
        start = opening.end()
        close = text.find("]", start)
    return quotes, end


def _is_followed(text: str, position: int) -> bool:
    """Return whether anything but another marker follows."""
    following = _NOT_BLANK.search(text, position)
    return following is not None and following[0] != "["
