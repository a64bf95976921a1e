"""Documents that are numbered: "1 of 20 DOCUMENTS", "Document 1 of 20", "Dokument 1 von 20"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OF = r"(\d{1,5})\s(?:of|de|von|di|van|sur|/)\s(\d{1,5})"
_NUMBER = re.compile(
    rf"(?:{_OF}\s(?:documents?|dokumenten?|documentos?|documenti)|(?:do[ck]ument\w?)\s{_OF})", re.IGNORECASE
)
RULE = re.compile(r"[_=*-]{10,}")


def split_numbered(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines of each document, or nothing if they aren't numbered from 1 without a gap."""
    starts: list[int] = []
    for position, line in enumerate(lines):
        match = _NUMBER.fullmatch(line) if len(line) <= 40 else None
        if match is None:
            continue
        number, _ = (int(group) for group in match.groups() if group)
        if number == len(starts) + 1:
            starts.append(position)
    ends = [*starts[1:], len(lines)]
    return [_without_rules(lines[start + 1 : end]) for start, end in zip(starts, ends, strict=bool(starts))]


def _without_rules(lines: Sequence[str]) -> list[str]:
    """Return lines without the rules between documents."""
    return [line for line in lines if not RULE.fullmatch(line)]
