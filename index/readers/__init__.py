"""Readers, one for each kind of file: from a path to the articles in it, not checked yet."""

from .base import KEYS, MAX_FILE_BYTES, MAX_LISTED, Listed, RawArticle
from .registry import COLUMNED, FILE_KINDS, PLAIN, Found, is_supported, not_supported
from .sandbox import parse

__all__ = [
    "COLUMNED",
    "FILE_KINDS",
    "KEYS",
    "MAX_FILE_BYTES",
    "MAX_LISTED",
    "PLAIN",
    "Found",
    "Listed",
    "RawArticle",
    "is_supported",
    "not_supported",
    "parse",
]
