"""The readers that need large libraries: imported by the process that parses, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..records import Failure
from .archive import read_zip
from .book import read_epub
from .files import RawArticle
from .html import read_html
from .mail import read_eml, read_mbox, read_mhtml
from .office import read_docx, read_odt
from .pdf import read_pdf
from .readers import PLAIN, Reader, not_supported

_READERS: dict[str, Reader] = {
    **PLAIN,
    ".html": read_html,
    ".htm": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".epub": read_epub,
    ".eml": read_eml,
    ".mbox": read_mbox,
}


def read_apart(path: Path) -> Iterator[RawArticle | Failure]:
    """The articles in a file.

    Raises:
        SourceError: the file can't be read.
    """
    suffix = path.suffix.lower()
    if suffix == ".zip":
        yield from read_zip(path, _READERS.get)
    elif (read := _READERS.get(suffix)) is not None:
        yield from read(path)
    else:
        raise not_supported(path)
