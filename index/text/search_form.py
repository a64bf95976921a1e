"""Text as it is compared: composed characters, and none that are invisible."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, word joiners and byte order marks anywhere; zero-width spaces only where they can't separate words, as
# they do in Thai and Khmer.
_LETTER = "A-Za-zÀ-ɏͰ-ԯ"
_INVISIBLE = re.compile(rf"[\u00ad\u2060\ufeff]|(?<=[{_LETTER}])\u200b(?=[{_LETTER}])")


def without_invisible(text: str) -> str:
    """Remove the characters within words that no reader sees, such as soft hyphens."""
    return _INVISIBLE.sub("", text)


def search_form(text: str) -> str:
    """Return a text for comparisons: "é" is one character, whether or not the text composes it of "e" and an accent."""
    return unicodedata.normalize("NFC", text if text.isascii() else without_invisible(text))
