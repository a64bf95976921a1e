"""What an export yields, and the lines that it is read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby


@dataclass(frozen=True, slots=True)
class ExportedArticle:
    """An article of an export.

    Attributes:
        metadata: values for keys of an article's metadata, as the export has them; dates in ISO 8601.
        part: identifies the article within the export.
        database: the name of the database.
    """

    text: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    database: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether the export names the day of publication."""
        return "published" in self.metadata


def to_blocks(lines: Sequence[str]) -> list[list[str]]:
    """Group lines into blocks, which blank lines separate."""
    return [list(group) for is_text, group in groupby(lines, bool) if is_text]


def from_blocks(blocks: Sequence[Sequence[str]]) -> str:
    """Return the text of blocks, with blank lines between them."""
    return "\n\n".join("\n".join(block) for block in blocks)
