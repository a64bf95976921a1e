"""Text as it is compared: composed characters, and none that are invisible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..records import Span

# Soft hyphens, word joiners and byte order marks anywhere; zero-width spaces only where they can't separate words, as
# they do in Thai and Khmer.
_LETTER = "A-Za-zÀ-ɏͰ-ԯ"
_INVISIBLE = re.compile(rf"[\u00ad\u2060\ufeff]|(?<=[{_LETTER}])\u200b(?=[{_LETTER}])")

# A character with the accents that follow it, or a syllable of Korean letters.
_CLUSTER = re.compile(
    r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    r"|.[\u0300-\u036f\u0591-\u05bd\u064b-\u0655\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a]*+",
    re.DOTALL,
)


def without_invisible(text: str) -> str:
    """Remove the characters within words that no reader sees, such as soft hyphens."""
    return _INVISIBLE.sub("", text)


def search_form(text: str) -> str:
    """Return a text for comparisons: "é" is one character, whether or not the text composes it of "e" and an accent."""
    return unicodedata.normalize("NFC", text if text.isascii() else without_invisible(text))


@dataclass(frozen=True, slots=True)
class ComposedText:
    """A text with composed characters, for rules that compare letters.

    Attributes:
        source: the text as stored.
        text: the composed text.
        starts: for each character of `text` and its end, the offset in `source`; None if the texts are the same.
    """

    source: str
    text: str
    starts: Sequence[int] | None = None

    @classmethod
    def of(cls, source: str) -> ComposedText:
        """Compose the characters of a text."""
        if unicodedata.is_normalized("NFC", source):
            return cls(source, source)
        pieces: list[str] = []
        starts: list[int] = []
        for cluster in _CLUSTER.finditer(source):
            composed = unicodedata.normalize("NFC", cluster[0])
            pieces.append(composed)
            starts += [cluster.start()] * len(composed)
        return cls(source, "".join(pieces), [*starts, len(source)])

    def source_span(self, span: Span) -> Span:
        """Return the span of `source` for one of `text`."""
        return span if self.starts is None else Span(self.starts[span.start], self.starts[span.end])
