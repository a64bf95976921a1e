"""The kinds of files that can be read. To add one, write a module with its reader and list it in `_KINDS`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import SourceError
from ..records import Failure, Skipped
from .base import ListEntry, RawArticle, UnusedKeys

ReaderItem = RawArticle | ListEntry | Failure | Skipped | UnusedKeys  # what a reader yields


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file, and the function that reads it.

    Attributes:
        description: what such a file is called.
        suffixes: the file name extensions, in lower case.
        reader: "module:function" in this folder, imported when it is needed: the parsing libraries are large, and are
            only loaded in the sandbox process. The function takes a path and yields articles and failures.
        media_types: the media types that web servers send for it.
        is_text: a text file, whose encoding a web server may declare.
        is_archive: contains files of other kinds.
        takes_columns: the reader takes `columns`: the names of the columns or keys, by metadata key.
        takes_url: the reader takes the `url` that the file was fetched from.
        link_finder: "module:function" as for `reader`. It returns the addresses in such a file if it is only a list of
            them, and else nothing.
    """

    description: str
    suffixes: tuple[str, ...]
    reader: str
    media_types: tuple[str, ...] = ()
    is_text: bool = False
    is_archive: bool = False
    takes_columns: bool = False
    takes_url: bool = False
    link_finder: str = ""

    @classmethod
    def of(cls, path: str | Path) -> FileKind:
        """Return the kind of a file by its extension.

        Raises:
            SourceError: files of this kind aren't supported.
        """
        kind = _BY_SUFFIX.get(Path(path).suffix.lower())
        if kind is None:
            raise SourceError(f"{unsupported_reason(path)}; supported are {', '.join(FILE_KINDS)}")
        return kind

    @classmethod
    def of_media_type(cls, media_type: str) -> FileKind | None:
        """Return the kind of a file by the media type that a web server sent, or None if it is unknown."""
        return next((kind for kind in _KINDS if media_type in kind.media_types), None)

    def load_reader(self) -> Callable[..., Iterator[ReaderItem]]:
        """Import the reader and the libraries that it needs."""
        reader: Callable[..., Iterator[ReaderItem]] = _import(self.reader)
        return reader

    def read(
        self, path: Path, url: str | None = None, columns: Mapping[str, str] | None = None
    ) -> Iterator[ReaderItem]:
        """Read a file in this process. `url` and `columns` are used by the readers that take them."""
        if self.link_finder and (links := _import(self.link_finder)(path)):
            return iter(links)
        options: dict[str, Any] = {}
        if self.takes_url:
            options["url"] = url
        if self.takes_columns:
            options["columns"] = columns
        return self.load_reader()(path, **options)


def _import(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(f".{module}", __package__), function)


_TEXT_LINKS, _BOOKMARKS = "lists.links:find_text_links", "lists.links:find_bookmarks"
_COMPRESSED = (".gz",)
_KINDS = (
    FileKind("plain text", (".txt",), "text:read_text", ("text/plain",), is_text=True, link_finder=_TEXT_LINKS),
    FileKind("Markdown", (".md",), "text:read_markdown", ("text/markdown",), is_text=True, link_finder=_TEXT_LINKS),
    FileKind(
        "a web page",
        (".html", ".htm"),
        "html:read_html",
        ("text/html", "application/xhtml+xml"),
        is_text=True,
        takes_url=True,
        link_finder=_BOOKMARKS,
    ),
    FileKind("a web page saved as one file", (".mhtml", ".mht"), "mail.messages:read_mhtml", ("multipart/related",)),
    FileKind("a PDF", (".pdf",), "pdf:read_pdf", ("application/pdf",)),
    FileKind(
        "a Word document",
        (".docx",),
        "office:read_docx",
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    ),
    FileKind("rich text", (".rtf",), "office:read_rtf", ("application/rtf", "text/rtf")),
    FileKind("an OpenDocument text", (".odt",), "office:read_odt", ("application/vnd.oasis.opendocument.text",)),
    FileKind("an EPUB book", (".epub",), "books.epub:read_epub", ("application/epub+zip",)),
    FileKind("an e-mail", (".eml",), "mail.messages:read_eml", ("message/rfc822",)),
    FileKind("an e-mail saved by Outlook", (".msg",), "mail.msg:read_msg", ("application/vnd.ms-outlook",)),
    FileKind("a mailbox", (".mbox",), "mail.messages:read_mbox", ("application/mbox",)),
    FileKind(
        "a ZIP archive",
        (".zip",),
        "zip:read_zip",
        ("application/zip", "application/x-zip-compressed"),
        is_archive=True,
    ),
    FileKind(
        "JSON lines",
        (".jsonl", ".ndjson"),
        "data.jsonl:read_json_lines",
        ("application/x-ndjson", "application/jsonl"),
        is_text=True,
        takes_columns=True,
    ),
    FileKind(
        "JSON",
        (".json",),
        "data.json_files:read_json",
        ("application/json", "application/feed+json", "application/ld+json"),
        is_text=True,
        takes_columns=True,
    ),
    FileKind(
        "a table of comma-separated values",
        (".csv",),
        "data.tables:read_table",
        ("text/csv",),
        is_text=True,
        takes_columns=True,
    ),
    FileKind(
        "a table of tab-separated values",
        (".tsv",),
        "data.tables:read_table",
        ("text/tab-separated-values",),
        is_text=True,
        takes_columns=True,
    ),
    FileKind(
        "a spreadsheet",
        (".xlsx", ".xlsm", ".xls", ".ods"),
        "data.spreadsheets:read_spreadsheet",
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel",
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        takes_columns=True,
    ),
    FileKind(
        "captions", (".vtt", ".srt"), "captions:read_captions", ("text/vtt", "application/x-subrip"), is_text=True
    ),
    FileKind("a web archive", (".warc",), "archives.warc:read_warc", ("application/warc",)),
    FileKind("a packed web archive", (".wacz",), "archives.warc:read_wacz", ("application/wacz",)),
    FileKind("a page saved by Safari", (".webarchive",), "archives.webarchive:read_webarchive"),
    FileKind("a list of feeds", (".opml",), "lists.links:read_opml", ("text/x-opml",)),
    FileKind("a shortcut to a web page", (".url", ".webloc"), "lists.links:read_shortcut"),
    FileKind(
        "a compressed file",
        _COMPRESSED,
        "archives.gzip_files:read_gzip",
        is_archive=True,
        takes_columns=True,
        takes_url=True,
    ),
    FileKind("XML", (".xml", ".rss", ".atom"), "markup.xml_files:read_any_xml", takes_url=True),
    FileKind("notes of Evernote", (".enex",), "markup.enex:read_enex"),
)
_BY_SUFFIX = {suffix: kind for kind in _KINDS for suffix in kind.suffixes}
FILE_KINDS = tuple(_BY_SUFFIX)


def unsupported_reason(path: str | Path) -> str:
    """Return why a file of a kind that isn't supported can't be read; "" if it is supported."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in FILE_KINDS:
        return unsupported_reason(path.stem) if suffix in _COMPRESSED else ""
    return f"{f'{suffix} files' if suffix else 'files without an extension'} can't be read"


def load_readers() -> None:
    """Import all readers and the libraries that they need."""
    for kind in _KINDS:
        kind.load_reader()
        if kind.link_finder:
            _import(kind.link_finder)
