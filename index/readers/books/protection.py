"""Protection against copying: the text of such a book is encrypted."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Collection
from urllib.parse import unquote

from ...errors import SourceError
from ..xml import parse_xml
from ..zip_limits import read_member

_ENCRYPTION = "META-INF/encryption.xml"
# The files that the usual systems put in a book.
_SYSTEMS = {
    "META-INF/license.lcpl": "Readium LCP",
    "META-INF/sinf.xml": "Apple FairPlay",
    "META-INF/rights.xml": "Adobe ADEPT",
}


def check_protection(archive: zipfile.ZipFile, chapters: Collection[str]) -> None:
    """Raise a `SourceError` if one of the chapters is encrypted. Encrypted fonts don't matter."""
    members = set(archive.namelist())
    if _ENCRYPTION not in members:
        return
    root = parse_xml(read_member(archive, _ENCRYPTION))
    encrypted = {_name(str(reference.get("URI", ""))) for reference in root.iterfind(".//{*}CipherReference")}
    if not encrypted.isdisjoint(chapters):
        system = next((name for file, name in _SYSTEMS.items() if file in members), None)
        by = f" by {system}" if system else ""
        raise SourceError(
            f"the book is protected{by} (DRM): its text is encrypted; ask the publisher for a copy without protection"
        )


def _name(uri: str) -> str:
    return posixpath.normpath(unquote(uri).lstrip("/"))
