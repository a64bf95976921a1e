"""Exports of ProQuest: numbered documents, with the values labelled below the text, and some of them above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .article import ExportedArticle, from_blocks, to_blocks
from .days import find_day, language_code
from .labels import clean_authors, is_copyright, is_trailer_label
from .numbered import RULE, split_numbered

_LABEL = re.compile(r"([A-Z][\w /()-]{1,40}?)\s?:(?:\s+|$)")
_HEADING = re.compile(
    r"(full text|abstract|details|links|indexing details|bibliography|references)\b.{0,20}", re.IGNORECASE
)
_LINK = re.compile(r"(?:ProQuest )?document link\b.*|https?://\S+|Find a copy\b.*|Full text - PDF\b.*", re.IGNORECASE)
_MAX_PREFACE = 100  # lines
_SIGNS = frozenset({"publication title", "publication info", "proquest document id", "source type", "document url"})
# The place and the day are after the outlet: "The Northbridge Post; Northbridge [Northbridge]. 07 Mar 2023: A1."
_OUTLET_END = re.compile(r"[;\[(]|(?<=[.\s])\d{1,2}\s[A-Z]")


def split_proquest(lines: Sequence[str]) -> list[ExportedArticle]:
    """Return the articles of an export, or none if it is something else."""
    pieces = split_numbered(lines)
    if not pieces:
        pieces = _split_at_rules(lines)
    if not pieces or not all(_SIGNS & {_label(line) for line in piece} for piece in pieces):
        return []
    return [_article(piece, str(number)) for number, piece in enumerate(pieces, 1)]


def _split_at_rules(lines: Sequence[str]) -> list[list[str]]:
    """Return the parts of an export without numbers, which end at the first rule after the id of the document."""
    pieces: list[list[str]] = [[]]
    has_id = False
    for line in lines:
        if RULE.fullmatch(line):
            if has_id or not _SIGNS & {_label(text) for text in pieces[-1][:_MAX_PREFACE]}:
                pieces.append([])
            has_id = False
        else:
            has_id = has_id or _label(line) == "proquest document id"
            pieces[-1].append(line)
    return [piece for piece in pieces if "proquest document id" in {_label(line) for line in piece}]


def _label(line: str) -> str:
    match = _LABEL.match(line)
    return match[1].casefold() if match is not None else ""


def _article(lines: Sequence[str], part: str) -> ExportedArticle:
    blocks = to_blocks(lines)
    values = _values(lines)
    body = _body(blocks)
    outlet = values.get("publication title") or values.get("publication info") or ""
    day = find_day(values.get("publication date", "")) or find_day(values.get("publication info", ""))
    first = blocks[0][0] if blocks and not _label(blocks[0][0]) else ""
    metadata = {
        "title": values.get("title") or " ".join(blocks[0] if first else []),
        "author": clean_authors(values.get("author", ""), is_inverted=True),
        "published": day.isoformat() if day else "",
        "publisher": _OUTLET_END.split(outlet, maxsplit=1)[0].strip(" .,"),
        "language": language_code(values.get("language of publication") or values.get("language") or "") or "",
    }
    return ExportedArticle(
        from_blocks(body), {key: value for key, value in metadata.items() if value}, part, "ProQuest"
    )


def _values(lines: Sequence[str]) -> dict[str, str]:
    """Return the labelled values. A label alone on its line has its value on the next one."""
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        match = _LABEL.match(line)
        if match is not None:
            key = match[1].casefold()
            if value := line[match.end() :].strip():
                values.setdefault(key, value)
                key = ""
        elif line and key:
            values.setdefault(key, line)
            key = ""
    return values


def _body(blocks: list[list[str]]) -> list[list[str]]:
    """Return the blocks of the full text; without one, of the abstract; without both, all that isn't labelled."""
    for name in ("full text", "abstract"):
        starts = [i for i, block in enumerate(blocks) if block[0].casefold().startswith(name)]
        if starts and (body := _section(blocks, starts[0])):
            return body
    return [block for block in blocks[1:] if not _label(block[0]) and not _HEADING.fullmatch(block[0])]


def _section(blocks: list[list[str]], start: int) -> list[list[str]]:
    first, *rest = blocks[start]
    match = _LABEL.match(first)
    text = first[match.end() :].strip() if match is not None else ""
    section = [[line for line in (text, *rest) if line]]
    end = start + 1
    while end < len(blocks) and _HEADING.fullmatch(blocks[end][0]) is None:
        section.append(blocks[end])
        end += 1
    while section and (not section[-1] or _is_trailer(section[-1])):
        section.pop()
    return [block for block in section if block and not _LINK.fullmatch(block[0])]


def _is_trailer(block: list[str]) -> bool:
    return is_trailer_label(block[0]) or is_copyright(block[0]) or _label(block[0]) == "credit"
