"""Compound questions: split one into its parts, and merge the answers to the parts into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import Hit

from ..answer import Answer, Citation
from ..grammar import name_pattern

_QUESTION_WORD = r"(?:who|whom|whose|what|when|where|why|how|which)"
_CONJUNCTION = re.compile(rf"(?:,| and|, and|\?|\? and) (?={_QUESTION_WORD} [a-z]+)", re.IGNORECASE)
_ALTERNATIVES = re.compile(
    rf"^(?P<head>{_QUESTION_WORD}\b[^,]+), (?P<first>[^,]{{2,60}}?),? or (?P<second>[^,]{{2,60}}?)(?P<tail>)\W*$",
    re.IGNORECASE,
)
_SIDE = rf"(?:the )?(?-i:{name_pattern(max_words=8)})"
_COMPARISON = re.compile(
    rf"^(?P<head>.*?)\b(?:(?:both|differences? between|comparison of) (?P<first>{_SIDE}) and (?P<second>{_SIDE})"
    rf"|(?P<first2>{_SIDE}),? (?:versus|vs\.?|compared (?:to|with)) (?P<second2>{_SIDE}))(?P<tail>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_MAX_PARTS = 3


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """A part of a compound question.

    Attributes:
        text: the part as a question.
        heading: what its answer appears under.
        is_dependent: the part may refer to the parts before it ("he").
        compared: in a comparison, the side that the part is about, and the other side.
    """

    text: str
    heading: str
    is_dependent: bool
    compared: tuple[str, str] | None = None


def split_question(question: str) -> list[SubQuestion]:
    """Split a compound question into its parts. Returns an empty list for other questions.

    "When did A happen, and who was there?" consists of two questions; so does "Who is older, A or B?", one for each.
    """
    parts = [part.strip(" ,?") for part in _CONJUNCTION.split(question)]
    if 1 < len(parts) <= _MAX_PARTS and all(re.match(_QUESTION_WORD, part, re.IGNORECASE) for part in parts):
        return [SubQuestion(f"{part}?", f"{_capitalized(part)}?", is_dependent=True) for part in parts]
    match = _ALTERNATIVES.match(question) or _COMPARISON.match(question)
    if match is None:
        return []
    groups = match.groupdict()
    sides = [groups["first"] or groups["first2"], groups["second"] or groups["second2"]]
    head, tail = groups["head"].strip(), groups["tail"]
    return [
        SubQuestion(f"{head} {side}{tail}", f"{_capitalized(side)}:", is_dependent=False, compared=(side, other))
        for side, other in (sides, reversed(sides))
    ]


def merge_answers(question: str, parts: Sequence[SubQuestion], answers: Sequence[Answer]) -> Answer:
    """Merge the answers to the parts of a question: each under its heading, their hits interleaved."""
    texts: list[str] = []
    citations: list[Citation] = []
    for part, answer in zip(parts, answers, strict=True):
        texts += [part.heading, _shift_markers(answer, len(citations))]
        citations += [replace(c, marker=len(citations) + number) for number, c in enumerate(answer.citations, 1)]
    hits = _interleave([answer.hits for answer in answers])
    abstained = all(answer.abstained for answer in answers)
    text = answers[0].text if abstained else "\n\n".join(texts)
    confidence = min(answer.confidence for answer in answers if answer.abstained == abstained)
    return Answer(question, text, citations, hits, abstained, confidence=confidence)


def _interleave(hit_lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Take the hits of each list in turn, without repeated passages, as many as in the longest list."""
    limit = max(map(len, hit_lists))
    hits: dict[int, Hit] = {}
    for rank in range(limit):
        for hit_list in hit_lists:
            if rank < len(hit_list):
                hits.setdefault(hit_list[rank].passage.id, hit_list[rank])
    return list(hits.values())[:limit]


def _shift_markers(answer: Answer, by: int) -> str:
    """Return the text of an answer with its markers increased; text like "[1]" within a quote is left unchanged."""
    position, parts = 0, []
    for citation in answer.citations:
        marker = f"[{citation.marker}]"
        quote_end = answer.text.index(citation.quote, position) + len(citation.quote)
        marker_start = answer.text.index(marker, quote_end)
        parts += [answer.text[position:marker_start], f"[{citation.marker + by}]"]
        position = marker_start + len(marker)
    return "".join(parts) + answer.text[position:]


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
