"""Compressed files (.jsonl.gz, .csv.gz, .warc.gz): one file of another kind."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import SourceError
from ..registry import FileKind, ReaderItem
from ..zip_limits import MAX_RATIO, MAX_UNPACKED_BYTES

_CHUNK_BYTES = 1_000_000


def read_gzip(path: Path, url: str | None = None, columns: Mapping[str, str] | None = None) -> Iterator[ReaderItem]:
    """Decompress a file, and read the articles in it.

    Raises:
        SourceError: the file is damaged, too large, or of a kind that isn't supported.
    """
    kind = FileKind.of(path.stem)
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / f"unpacked{Path(path.stem).suffix.lower()}"
        _decompress(path, unpacked)
        yield from kind.read(unpacked, url, columns)


def _decompress(path: Path, target: Path) -> None:
    limit = min(MAX_UNPACKED_BYTES, max(path.stat().st_size * MAX_RATIO, _CHUNK_BYTES))
    size = 0
    try:
        with gzip.open(path, "rb") as packed, target.open("wb") as file:
            while chunk := packed.read(_CHUNK_BYTES):
                size += len(chunk)
                if size > limit:
                    raise SourceError(f"the file unpacks to more than {limit / 1e6:,.0f} MB, the limit for its size")
                file.write(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceError("the file is damaged or isn't compressed by gzip") from error
