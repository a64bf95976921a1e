"""Turns of speakers in transcripts: each begins at its label, "CALDER: …", and is a paragraph of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..text import COMMON_PARTICLES, NAME_WORD, one_of

_NAME = rf"{NAME_WORD}(?:\s(?:{NAME_WORD}|{one_of(COMMON_PARTICLES)})){{0,4}}"
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s"
_DESCRIPTION = r"(?:\s\([^)\n]{1,30}\)|,\s[A-Z][A-Z .]{2,30})?"  # "(D-OH)", ", CNN ANCHOR"
_LABEL = re.compile(rf"(?:{_TIME})?(?P<speaker>Q|A|{_NAME}){_DESCRIPTION}\s?:(?=\s|$)")
_CAPITALS = r"[A-Z][A-Z.’'-]{1,30}"
_LABEL_WITHIN = re.compile(rf"(?<=\s)(?P<speaker>{_CAPITALS}(?:\s{_CAPITALS}){{0,3}}){_DESCRIPTION}:(?=\s)")
_MIN_SPEAKERS = 2


def split_turns(lines: Sequence[str]) -> list[str]:
    """Put a blank line before each turn of a transcript; other texts are returned as they are.

    A text is a transcript if it has turns of two speakers, whose labels are in capitals, or each at two lines or more.
    """
    at_start = [_LABEL.match(line) for line in lines]
    counts = Counter(match["speaker"] for match in at_start if match is not None)
    speakers = {name for name, count in counts.items() if count > 1 or name.isupper()}
    if len(speakers) < _MIN_SPEAKERS:
        return list(lines)
    capitals = {name for name in speakers if name.isupper() and len(name) > 1}
    turns: list[str] = []
    for line, match in zip(lines, at_start, strict=True):
        if match is not None and match["speaker"] in speakers and turns and turns[-1]:
            turns.append("")
        turns += _split_line(line, capitals)
    return turns


def _split_line(line: str, speakers: set[str]) -> list[str]:
    """Split a line before the labels within it."""
    starts = [match.start() for match in _LABEL_WITHIN.finditer(line) if match["speaker"] in speakers]
    parts: list[str] = []
    for start, end in zip([0, *starts], [*starts, len(line)], strict=True):
        parts += [line[start:end].strip(), ""]
    return parts[:-1]
