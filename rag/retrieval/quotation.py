"""Whether a text contains the words of a quotation."""

from __future__ import annotations

import re
import unicodedata

_ELLIPSIS = re.compile(r"…|\.{3,}|\[[^\[\]]*\]")
_WORD = re.compile(r"\w+")


def contains_quotation(text: str, quotation: str) -> bool:
    """Return whether a text has the words of a quotation; the parts around an ellipsis must follow each other.

    Case, accents, punctuation and white space don't matter.
    """
    words = _normalize(text)
    position = 0
    parts = [part for part in map(_normalize, _ELLIPSIS.split(quotation)) if part.strip()]
    for part in parts:
        found = words.find(part, position)
        if found < 0:
            return False
        position = found + len(part) - 1  # the space after the part may be the one before the next
    return bool(parts)


def _normalize(text: str) -> str:
    """Return the words of a text without case, accents and punctuation, each between single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return f" {' '.join(_WORD.findall(letters.casefold()))} "
