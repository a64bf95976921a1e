"""Speakers named by the layout of a line: "KIRBY: …" in transcripts, "Kirby: …" and "…: Kirby" in headlines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..records import Span
from ..text import word_set

_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?:\s(?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|bin|al)){0,4}"
_ASIDE = r"(?:\s\([^)\n]{1,20}\)|,\s[A-Z][A-Z .]{2,30})?"  # "(D-OH)", ", CNN ANCHOR"
_BEFORE = re.compile(rf"^[“\"‘']?(?P<who>{_NAME}|Q|A){_ASIDE}\s?(?P<cue>:)\s+(?=\S)")
_AFTER = re.compile(rf"(?P<cue>:)\s+(?P<who>{_NAME})$|[”\"’']\s(?P<dash>[—–])\s?(?P<signed>{_NAME})$")
_LONGEST_HEADLINE = 160
# Capitalised before a colon, and nobody.
_NOBODY = word_set("""
    update updated watch read more photo photos note correction related breaking video live opinion exclusive analysis
    review editor's editor’s source sources credit image caption summary background washington question answer
    questions answers first second third also see listen join follow next part chapter section table figure step
    photograph picture illustration graphic reporting editing writing words by credits pictured
    warning advertisement tip tips date time place location where when who what why how email phone contact tags topics
    report poll factbox timeline explainer
""")


@dataclass(frozen=True, slots=True)
class Label:
    """A line that one speaker says: the words but for the label are the speech."""

    line: Span
    who: Span
    cue: Span
    content: Span


def find_labels(text: str, is_person: Callable[[str], bool]) -> list[Label]:
    """The labelled lines of a text, in order.

    A name in capitals, "Q" or "A" counts where several lines have labels; other names where `is_person` knows them.
    """
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    before = [label for line in lines if (label := _label_before(text, line)) is not None]
    shouted = [label for label in before if label.who.of(text).isupper()]
    is_transcript = len({label.who.of(text) for label in shouted}) > 1
    labels = [
        label for label in before if (is_transcript and label.who.of(text).isupper()) or is_person(label.who.of(text))
    ]
    taken = {label.line for label in labels}
    after = [_label_after(text, line) for line in lines if line not in taken]
    labels += [label for label in after if label is not None and is_person(label.who.of(text))]
    return sorted(labels, key=lambda label: label.line)


def _label_before(text: str, line: Span) -> Label | None:
    match = _BEFORE.match(line.of(text))
    if match is None or _NOBODY & set(match["who"].lower().split()):
        return None
    at = line.start
    return Label(
        line,
        Span(*match.span("who")).shifted(at),
        Span(*match.span("cue")).shifted(at),
        Span(at + match.end(), line.end),
    )


def _label_after(text: str, line: Span) -> Label | None:
    if len(line) > _LONGEST_HEADLINE or (match := _AFTER.search(line.of(text))) is None:
        return None
    if _NOBODY & set(re.findall(r"[\w’']+", match.string[: match.start()].lower())[:2]):
        return None
    who, cue = ("who", "cue") if match["who"] else ("signed", "dash")
    at = line.start
    return Label(
        line,
        Span(*match.span(who)).shifted(at),
        Span(*match.span(cue)).shifted(at),
        Span(at, at + match.start(cue)),
    )
