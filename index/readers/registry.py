"""Which reader reads which kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import SourceError
from ..records import Failure
from .base import Listed, RawArticle
from .jsonl import read_json_lines
from .tables import read_table
from .text import read_text

Reader = Callable[[Path], Iterator[RawArticle | Failure]]
Found = RawArticle | Listed | Failure  # what reading something may yield

# Kinds that are read here: nothing in them can hold or end a program. Some have columns, or keys, with names.
COLUMNED = {".jsonl": read_json_lines, ".csv": read_table, ".tsv": read_table}
PLAIN: dict[str, Reader] = {".txt": read_text, **COLUMNED}
# Kinds that a bad file may make hold, fill or end the program that reads it: read in a process of its own.
APART = (".md", ".html", ".htm", ".mhtml", ".mht", ".pdf", ".docx", ".odt", ".epub", ".eml", ".mbox", ".zip")
FILE_KINDS = (".txt", *APART, *COLUMNED)


def is_supported(name: str | Path) -> bool:
    """True where the name ends like a file that can be read."""
    return Path(name).suffix.lower() in FILE_KINDS


def not_supported(path: Path) -> SourceError:
    """What to say of a file of another kind."""
    return SourceError(
        f"files ending in {path.suffix or 'nothing'} can't be read; supported are {', '.join(FILE_KINDS)}"
    )
