"""Readers, one for each kind of file: they yield the articles in a file, unchecked.

`read_file` reads any file in a sandbox process, which alone loads the parsing libraries.
`FileKind` describes the supported kinds: see `registry` to add one.
"""

from .base import MAX_FILE_BYTES, ListEntry, RawArticle, UnusedKeys
from .registry import FILE_KINDS, FileKind, unsupported_reason
from .sandbox import read_file

__all__ = [
    "FILE_KINDS",
    "MAX_FILE_BYTES",
    "FileKind",
    "ListEntry",
    "RawArticle",
    "UnusedKeys",
    "read_file",
    "unsupported_reason",
]
