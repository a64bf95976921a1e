"""Web archives (.warc, .wacz): the pages and documents that a crawler saved."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from ...errors import SourceError
from ...records import Failure, Skipped
from ..base import MAX_FILE_BYTES, RawArticle, check_file_size, failure_reason
from ..html import html_article
from ..registry import FileKind, ReaderItem
from ..zip_limits import MAX_UNPACKED_BYTES, open_zip, read_member

_DOCUMENTS = (".pdf", ".docx", ".odt")  # other kinds belong to pages, such as JSON
_PAGE_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_TYPES_SHOWN = 5


def read_warc(path: Path) -> Iterator[ReaderItem]:
    """Read the pages and documents of a WARC file.

    Raises:
        SourceError: the file is damaged or too large, or contains no article.
    """
    check_file_size(path, MAX_UNPACKED_BYTES)
    reader = _WarcReader()
    with path.open("rb") as file:
        yield from reader.read(file)
    yield from reader.end()


def read_wacz(path: Path) -> Iterator[ReaderItem]:
    """Read the pages and documents of a WACZ file, which contains WARC files and a list of the pages.

    Raises:
        SourceError: as for `read_warc`.
    """
    check_file_size(path, MAX_UNPACKED_BYTES)
    with open_zip(path) as archive:
        reader = _WarcReader(_listed_pages(archive))
        names = [name for name in archive.namelist() if name.startswith("archive/") and ".warc" in name]
        for name in names:
            with archive.open(name) as file:
                yield from reader.read(file)
    yield from reader.end()


class _WarcReader:
    """Reads records. `pages` are the URLs of the pages among them; if there are none, every HTML record is one."""

    def __init__(self, pages: Collection[str] = ()) -> None:
        self._pages = pages
        self._count = 0
        self._others: Counter[str] = Counter()  # records that aren't read, by media type

    def read(self, file: IO[bytes]) -> Iterator[ReaderItem]:
        """Yield the articles of a WARC file."""
        try:
            for record in ArchiveIterator(file):
                if record.rec_type in ("response", "resource"):
                    yield from self._read_record(record)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            yield Failure("the rest of the archive", f"it is damaged ({type(error).__name__})")

    def end(self) -> Iterator[Skipped]:
        """Yield what wasn't read.

        Raises:
            SourceError: there was no article.
        """
        if not self._count:
            raise SourceError("the web archive contains no page with an article")
        if self._others:
            kinds = ", ".join(f"{count:,} {kind}" for kind, count in self._others.most_common(_TYPES_SHOWN))
            more = "" if len(self._others) <= _TYPES_SHOWN else " and others"
            yield Skipped("", f"parts of pages, and responses without a page: {kinds}{more}")

    def _read_record(self, record: Any) -> Iterator[ReaderItem]:
        url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
        headers, status = record.http_headers, ""
        if headers is not None:
            status = str(headers.get_statuscode())
        content_type = (headers or record.rec_headers).get_header("Content-Type") or ""
        media_type = content_type.partition(";")[0].strip().lower()
        kind = FileKind.of_media_type(media_type)
        suffix = kind.suffixes[0] if kind else ""
        if status not in ("", "200"):
            self._others[f"with status {status}"] += 1
        elif suffix not in (".html", *_DOCUMENTS) or (suffix == ".html" and self._pages and url not in self._pages):
            self._others[media_type or "without a type"] += 1
        else:
            yield from self._read_content(record, url, suffix)

    def _read_content(self, record: Any, url: str, suffix: str) -> Iterator[ReaderItem]:
        try:
            data = record.content_stream().read(MAX_FILE_BYTES + 1)
            if len(data) > MAX_FILE_BYTES:
                raise SourceError(f"it is larger than {MAX_FILE_BYTES / 1e6:.0f} MB, the limit")
            articles = [html_article(data, url)] if suffix == ".html" else list(_read_document(data, suffix))
        except SourceError as error:
            yield Skipped(url[:200], str(error))
            return
        except Exception as error:  # noqa: BLE001 the other records are still read
            yield Failure(url[:200], failure_reason(error))
            return
        for item in articles:
            if isinstance(item, RawArticle):
                self._count += 1
                # The address that was requested: a page may declare one of another site.
                metadata = {**item.metadata, "url": url}
                part = f"{url}#{item.part}" if item.part else url
                item = replace(item, metadata=metadata, part=part, unit="page", is_at_url=not item.part)
            yield item


def _read_document(data: bytes, suffix: str) -> Iterator[ReaderItem]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"document{suffix}")
        path.write_bytes(data)
        yield from FileKind.of(path).read(path)


def _listed_pages(archive: zipfile.ZipFile) -> set[str]:
    """Return the URLs of the pages that a WACZ file lists."""
    urls = set[str]()
    for name in set(_PAGE_LISTS) & set(archive.namelist()):
        for line in read_member(archive, name).splitlines():
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                urls.add(page["url"])
    return urls
