"""The readers that need large libraries: imported by the process that parses, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .epub import read_epub
from .feeds import read_xml
from .html import read_html
from .mail import read_eml, read_mbox, read_mhtml
from .office import read_docx, read_odt
from .pdf import read_pdf
from .registry import PLAIN, Found, Reader, not_supported
from .text import read_markdown
from .zip import read_zip

_READERS: dict[str, Reader] = {
    **PLAIN,
    ".md": read_markdown,
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


def read_isolated(path: Path, url: str | None = None) -> Iterator[Found]:
    """The articles in a file, or of what was fetched from `url`; of an .xml from there also what it lists.

    Raises:
        SourceError: the file can't be read.
    """
    suffix = path.suffix.lower()
    if suffix == ".zip":
        yield from read_zip(path, _READERS.get)
    elif url and suffix == ".html":
        yield from read_html(path, url)
    elif url and suffix == ".xml":
        yield from read_xml(path, url)
    elif (read := _READERS.get(suffix)) is not None:
        yield from read(path)
    else:
        raise not_supported(path)
