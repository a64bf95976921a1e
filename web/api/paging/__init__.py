"""Cursors: where the next page of a list starts."""

from .cursors import CURSOR_PATTERN, make_cursor, read_cursor

__all__ = [
    "CURSOR_PATTERN",
    "make_cursor",
    "read_cursor",
]
