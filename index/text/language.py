"""The language of a text."""

from __future__ import annotations

_READ = 5_000  # characters by which a language is told
_TELLING = 60  # characters from which it can be told


def language_of(text: str) -> str | None:
    """The language that a text is most likely in, by ISO 639-1 ("en"); None for one that is too short to tell."""
    import py3langid  # takes a second, and most commands don't need it

    return str(py3langid.classify(text[:_READ].lower())[0]) if len(text) >= _TELLING else None
