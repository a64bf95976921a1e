"""Questions that ask several things at once: their parts, and one answer from the answers to these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import Hit

from ..answer import Answer, Citation
from .question import NAME
from .speech import parse_speech_question

_ASKING = r"(?:who|whom|whose|what|when|where|why|how|which)"
_LINKED = re.compile(rf"(?:,| and|, and|\?|\? and) (?={_ASKING} [a-z]+)", re.IGNORECASE)
_EITHER = re.compile(
    rf"^(?P<head>{_ASKING}\b[^,]+), (?P<one>[^,]{{2,60}}?),? or (?P<other>[^,]{{2,60}}?)(?P<tail>)\W*$", re.IGNORECASE
)
_SIDE = rf"(?:the )?(?-i:{NAME})"
_BOTH = re.compile(
    rf"^(?P<head>.*?)\b(?:(?:both|differences? between|comparison of) (?P<one>{_SIDE}) and (?P<other>{_SIDE})"
    rf"|(?P<one2>{_SIDE}),? (?:versus|vs\.?|compared (?:to|with)) (?P<other2>{_SIDE}))(?P<tail>.*)$",
    re.IGNORECASE,
)
_MOST = 3  # parts of a question


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """A question in a question; `lead` tells it from the others, and it may refer to those before it ("he")."""

    text: str
    lead: str
    may_refer: bool


def parts_of(question: str) -> list[SubQuestion]:
    """The questions in a question; none where it asks one thing.

    "When did A happen, and who was there?" asks two things; so does "Who is older, A or B?", for each of them.
    """
    linked = [part.strip(" ,?") for part in _LINKED.split(question)]
    if 1 < len(linked) <= _MOST and all(re.match(_ASKING, part, re.IGNORECASE) for part in linked):
        return [SubQuestion(f"{part}?", f"{part[:1].upper()}{part[1:]}?", may_refer=True) for part in linked]
    compared = _EITHER.match(question) or _BOTH.match(question)
    if compared is None or parse_speech_question(question.rstrip(" ?!.")) is not None:
        return []
    found = compared.groupdict()
    sides = [found["one"] or found["one2"], found["other"] or found["other2"]]
    head, tail = found["head"].strip(), found["tail"]
    return [SubQuestion(f"{head} {side}{tail}", f"{side[:1].upper()}{side[1:]}:", may_refer=False) for side in sides]


def joined(question: str, parts: Sequence[SubQuestion], answers: Sequence[Answer]) -> Answer:
    """One answer to a question from the answers to its parts, each behind its lead; their hits in turns."""
    texts: list[str] = []
    citations: list[Citation] = []
    for part, answer in zip(parts, answers, strict=True):
        texts += [part.lead, _renumbered(answer, len(citations))]
        citations += [replace(c, marker=len(citations) + at) for at, c in enumerate(answer.citations, 1)]
    hits: dict[int, Hit] = {}
    for at in range(max(len(answer.hits) for answer in answers)):
        for answer in answers:
            if at < len(answer.hits):
                hits.setdefault(answer.hits[at].passage.id, answer.hits[at])
    is_told = any(not answer.abstained for answer in answers)
    shown = list(hits.values())[: max(len(answer.hits) for answer in answers)]
    return Answer(question, "\n\n".join(texts) if is_told else answers[0].text, citations, shown, not is_told)


def _renumbered(answer: Answer, by: int) -> str:
    """The text of an answer with higher markers; what looks like one within a quote stays."""
    at, parts = 0, []
    for citation in answer.citations:
        behind = answer.text.index(f"[{citation.marker}]", answer.text.index(citation.quote, at) + len(citation.quote))
        parts += [answer.text[at:behind], f"[{citation.marker + by}]"]
        at = behind + len(f"[{citation.marker}]")
    return "".join(parts) + answer.text[at:]
