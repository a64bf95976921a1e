"""Speakers named by the layout of a line: "KIRBY: …" in transcripts, "Kirby: …" and "…: Kirby" in headlines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..records import Span
from ..text import COMMON_PARTICLES, NAME_WORD, one_of, word_set

_NAME = rf"{NAME_WORD}(?:\s(?:{NAME_WORD}|{one_of(COMMON_PARTICLES)})){{0,4}}"
_DESCRIPTION = r"(?:\s\([^)\n]{1,20}\)|,\s[A-Z][A-Z .]{2,30})?"  # "(D-OH)", ", CNN ANCHOR"
_LABEL_BEFORE = re.compile(rf"^[“\"‘']?(?P<speaker>{_NAME}|Q|A){_DESCRIPTION}\s?(?P<cue>:)\s+(?=\S)")
_LABEL_AFTER = re.compile(rf"(?P<cue>:)\s+(?P<speaker>{_NAME})$|[”\"’']\s(?P<dash>[—–])\s?(?P<signature>{_NAME})$")
_MAX_HEADLINE = 160
# Capitalised words before a colon that aren't speakers.
_NOT_SPEAKERS = word_set("""
    update updated watch read more photo photos note correction related breaking video live opinion exclusive analysis
    review editor's editor’s source sources credit image caption summary background washington question answer
    questions answers first second third also see listen join follow next part chapter section table figure step
    photograph picture illustration graphic reporting editing writing words by credits pictured
    warning advertisement tip tips date time place location where when who what why how email phone contact tags topics
    report poll factbox timeline explainer
""")


@dataclass(frozen=True, slots=True)
class Label:
    """A line with a label: all other words are what the speaker said."""

    line: Span
    speaker: Span
    cue: Span
    content: Span


def find_labels(text: str, is_person: Callable[[str], bool]) -> list[Label]:
    """Return the labelled lines of a text, in order.

    A name in capitals, "Q" or "A" counts if different labels of this kind occur in the text; other names count if
    `is_person` returns True for them.
    """
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    before = [label for line in lines if (label := _label_before(text, line)) is not None]
    speakers = {label.speaker.of(text) for label in before}
    is_transcript = sum(speaker.isupper() for speaker in speakers) > 1
    labels = [
        label
        for label in before
        if (is_transcript and label.speaker.of(text).isupper()) or is_person(label.speaker.of(text))
    ]
    labelled = {label.line for label in labels}
    after = [_label_after(text, line) for line in lines if line not in labelled]
    labels += [label for label in after if label is not None and is_person(label.speaker.of(text))]
    return sorted(labels, key=lambda label: label.line)


def _label_before(text: str, line: Span) -> Label | None:
    match = _LABEL_BEFORE.match(line.of(text))
    if match is None or _NOT_SPEAKERS & set(match["speaker"].lower().split()):
        return None
    return Label(
        line,
        Span(*match.span("speaker")).shifted(line.start),
        Span(*match.span("cue")).shifted(line.start),
        Span(line.start + match.end(), line.end),
    )


def _label_after(text: str, line: Span) -> Label | None:
    if len(line) > _MAX_HEADLINE or (match := _LABEL_AFTER.search(line.of(text))) is None:
        return None
    if _NOT_SPEAKERS & set(re.findall(r"[\w’']+", match.string[: match.start()].lower())[:2]):
        return None
    speaker, cue = ("speaker", "cue") if match["speaker"] else ("signature", "dash")
    return Label(
        line,
        Span(*match.span(speaker)).shifted(line.start),
        Span(*match.span(cue)).shifted(line.start),
        Span(line.start, line.start + match.start(cue)),
    )


def title_case(name: str) -> str:
    """Return a name in capitals as a name; short ones may be acronyms."""
    return name.title() if name.isupper() and len(name) > 3 else name
