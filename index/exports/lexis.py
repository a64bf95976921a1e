"""Exports of LexisNexis and Nexis Uni.

The older ones number their documents ("1 of 20 DOCUMENTS") and have the headline below outlet and day; the newer ones
end each with "End of Document" and have the headline above them. Both label the other values: "BYLINE: …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .article import ExportedArticle, from_blocks, to_blocks
from .days import find_day, is_date_line, language_code
from .labels import clean_authors, header_label, is_copyright, is_trailer_label
from .numbered import split_numbered

_END = re.compile(r"End of Document|Fin du document|Ende des Dokuments|Fin del documento", re.IGNORECASE)
_EDITION = re.compile(r"\b(?:edition|édition|\w{0,20}ausgabe|edición|final|late|early)\b", re.IGNORECASE)
_BODY = re.compile(r"(?:Body|Corps|Text|Texto)\s*:?", re.IGNORECASE)
_TRAILER_HEADING = re.compile(
    r"Classification|Graphic|Notes|Load-Date:.*|End of Document|Fin du document|Ende des Dokuments|\[?Image\]?"
    r"|Link to (?:Image|PDF).*|Page \d+ of \d+",
    re.IGNORECASE,
)
_SEARCH_LABEL = re.compile(
    r"(?:User Name|Date and Time|Job Number|Documents?|Client/Matter|Search Terms|Search Type|Narrowed by|Print Request"
    r"|Terms|Source|Project ID|Content Type|Time of Request|Request|Research Information)\b.{0,20}:",
    re.IGNORECASE,
)
_MAX_HEADER = 60  # lines
_MAX_HEADLINE = 400  # characters


def split_lexis(lines: Sequence[str]) -> list[ExportedArticle]:
    """Return the articles of an export, or none if it is something else."""
    pieces = split_numbered(lines) or _split_at_ends(lines)
    articles = [_article(piece, str(number)) for number, piece in enumerate(pieces, 1)]
    return articles if any(article.is_dated or "publisher" in article.metadata for article in articles) else []


def _split_at_ends(lines: Sequence[str]) -> list[list[str]]:
    pieces: list[list[str]] = [[]]
    for line in lines:
        if _END.fullmatch(line):
            pieces.append([])
        else:
            pieces[-1].append(line)
    return [piece for piece in pieces[:-1] if any(piece)]


def _article(lines: Sequence[str], part: str) -> ExportedArticle:
    blocks = [block for block in to_blocks(lines) if not _SEARCH_LABEL.match(block[0])]
    above, blocks = _split_at_date(blocks)
    metadata: dict[str, str] = {}
    if above:
        metadata, blocks = _masthead(above, blocks)
    fields, body = _read_fields(blocks, has_title="title" in metadata)
    metadata = {**metadata, **fields}
    text = _without_trailer(body)
    for line in (line for block in body[len(text) :] for line in block):
        if (label := header_label(line)) is not None and label[0] == "language":
            metadata["language"] = language_code(label[1]) or ""
    metadata = {key: value for key, value in metadata.items() if value}
    return ExportedArticle(from_blocks(text), metadata, part, "LexisNexis")


def _split_at_date(blocks: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Split before the first label: return the blocks down to the line with the day, as lines, and the rest."""
    seen: list[str] = []
    end, rest = 0, blocks
    for number, block in enumerate(blocks):
        for position, line in enumerate(block):
            if header_label(line) is not None or _BODY.fullmatch(line):
                return seen[:end], rest
            seen.append(line)
            if is_date_line(line):
                end, rest = len(seen), [block[position + 1 :], *blocks[number + 1 :]]
        seen.append("")
    return seen[:end], rest


def _masthead(above: list[str], blocks: list[list[str]]) -> tuple[dict[str, str], list[list[str]]]:
    """Read the outlet, the day and the headline. Return them and the blocks below."""
    day = find_day(above[-1])
    names = [block for block in to_blocks([line for line in above[:-1] if not is_copyright(line)]) if block]
    metadata = {"published": day.isoformat() if day else ""}
    if not names:
        return metadata, blocks
    *outlet_block, metadata["publisher"] = names[-1]
    title = outlet_block or (names[-2] if len(names) > 1 else [])
    if title:
        metadata["title"] = " ".join(title)
        return metadata, [block for block in blocks if block and not _is_edition(block)]
    beside, *rest = blocks  # the lines just below the day
    while beside and _EDITION.search(beside[0]):
        beside = beside[1:]
    is_headline_below = bool(rest) and header_label(rest[0][0]) is None and not is_copyright(rest[0][0])
    return metadata, rest if not beside or (len(beside) == 1 and is_headline_below) else [beside, *rest]


def _is_edition(block: list[str]) -> bool:
    return len(block) == 1 and len(block[0]) <= 60 and _EDITION.search(block[0]) is not None


def _read_fields(blocks: list[list[str]], has_title: bool) -> tuple[dict[str, str], list[list[str]]]:
    """Read the labelled values and a headline above them. Return them and the blocks of the text."""
    metadata: dict[str, str] = {}
    body, named_body = _split_at_body(blocks)
    end = named_body if named_body is not None else min(len(body), _MAX_HEADER)
    kept: list[list[str]] = []
    has_labels = False
    for number, block in enumerate(body[:end]):
        if header_label(block[0]) is not None:
            has_labels = True
            if _read_block(block, metadata):
                return metadata, [*kept, *_after_body_label(block), *body[number + 1 :]]
        elif all(is_copyright(line) for line in block) or _is_edition(block) or _TRAILER_HEADING.fullmatch(block[0]):
            continue
        elif is_copyright(block[0]):
            has_labels = True
            _read_block(block[1:], metadata)
        elif not has_title and not kept and not has_labels and len(" ".join(block)) <= _MAX_HEADLINE:
            metadata["title"], has_title = " ".join(block), True
        elif has_labels and named_body is None:
            return metadata, [*kept, *body[number:]]
        else:
            kept.append(block)
    return metadata, [*kept, *body[end:]]


def _split_at_body(blocks: list[list[str]]) -> tuple[list[list[str]], int | None]:
    """Split the block with the line "Body", without it. Return the blocks, and where the text starts if it's known."""
    for number, block in enumerate(blocks[:_MAX_HEADER]):
        for position, line in enumerate(block):
            if _BODY.fullmatch(line):
                above, below = block[:position], block[position + 1 :]
                start = number + bool(above)
                return [*blocks[:number], *filter(None, (above, below)), *blocks[number + 1 :]], start
    return list(blocks), None


def _read_block(block: list[str], metadata: dict[str, str]) -> bool:
    """Read the labelled lines of a block, with the lines that continue them. Return whether the text starts in it."""
    key, values = "", list[str]()
    for line in block:
        label = header_label(line)
        if label is None:
            values.append(line)
            continue
        _set_value(metadata, key, values)
        key, values = label[0], [label[1]]
        if key == "body":
            return True
    _set_value(metadata, key, values)
    return False


def _after_body_label(block: list[str]) -> list[list[str]]:
    """Return what follows the label "BODY:" within its block."""
    for number, line in enumerate(block):
        label = header_label(line)
        if label is not None and label[0] == "body":
            rest = [text for text in (label[1], *block[number + 1 :]) if text]
            return [rest] if rest else []
    return []


def _set_value(metadata: dict[str, str], key: str, values: list[str]) -> None:
    value = " ".join(values).strip()
    match key:
        case "" | "body" | "url":
            return
        case "author":
            metadata[key] = clean_authors(value)
        case "published":
            if (day := find_day(value)) is not None:
                metadata.setdefault(key, day.isoformat())
        case "language":
            metadata[key] = language_code(value) or ""
        case _:
            metadata.setdefault(key, value)


def _without_trailer(blocks: list[list[str]]) -> list[list[str]]:
    """Remove the labelled values, the copyright notice and what else is below the text."""
    end = next(
        (i for i, block in enumerate(blocks) if i and len(block) == 1 and block[0].casefold() == "classification"),
        len(blocks),
    )
    while end and _is_trailer(blocks[end - 1]):
        end -= 1
    graphic = next((i for i in range(max(1, end - 6), end) if blocks[i][0].casefold() == "graphic"), end)
    return blocks[:graphic]


def _is_trailer(block: list[str]) -> bool:
    first = block[0]
    return is_trailer_label(first) or is_copyright(first) or _TRAILER_HEADING.fullmatch(first) is not None
