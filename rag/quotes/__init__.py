"""TODO."""

from .abstention import Caution, checked_caution
from .quoter import Quoter, hits_of
from .statements import statements_of
from .wording import CHANGING, EMPTY_LIBRARY, left_out_note, quoted, quotes_instead

__all__ = [
    "CHANGING",
    "EMPTY_LIBRARY",
    "Caution",
    "Quoter",
    "checked_caution",
    "hits_of",
    "left_out_note",
    "quoted",
    "quotes_instead",
    "statements_of",
]
