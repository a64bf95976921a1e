"""Exports of Europresse as text: each article ends with its number, such as "news·20230307·NP·1234"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .article import ExportedArticle, from_blocks, to_blocks
from .days import find_day
from .labels import clean_authors, is_byline, is_copyright

_END = re.compile(r"(?:news|web|bio|tv|radio)[·•.](\d{8}[·•.]\S{1,60})")
_NOTICE = re.compile(
    r"(?:Cet article est paru|This article appeared|Certificat émis|Note\(s\)|Illustration\(s\)|Le présent document)"
)
_MAX_HEADER = 12  # lines


def split_europresse(lines: Sequence[str]) -> list[ExportedArticle]:
    """Return the articles of an export, or none if it is something else."""
    articles: list[ExportedArticle] = []
    piece: list[str] = []
    for line in lines:
        match = _END.fullmatch(line)
        if match is None:
            piece.append(line)
            continue
        article = _article(piece, match[1])
        if article is None:
            return []
        articles.append(article)
        piece = []
    return articles


def _article(lines: Sequence[str], part: str) -> ExportedArticle | None:
    """Read an article: outlet, section and day, headline, author and text."""
    texts = [position for position, line in enumerate(lines) if line][:_MAX_HEADER]
    dated = next((i for i, position in enumerate(texts) if i and find_day(lines[position])), None)
    if dated is None or dated + 1 >= len(texts):
        return None
    header = [lines[position] for position in texts]
    day = find_day(header[dated])
    has_byline = dated + 2 < len(header) and is_byline(header[dated + 2])
    metadata = {
        "publisher": header[dated - 1],
        "published": day.isoformat() if day else "",
        "title": header[dated + 1],
        "author": clean_authors(header[dated + 2]) if has_byline else "",
    }
    at_body = dated + (3 if has_byline else 2)
    blocks = to_blocks(lines[texts[at_body] :]) if at_body < len(texts) else []
    body = [block for block in blocks if not is_copyright(block[0]) and not _NOTICE.match(block[0])]
    return ExportedArticle(
        from_blocks(body), {key: value for key, value in metadata.items() if value}, part, "Europresse"
    )
