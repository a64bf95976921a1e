"""Language detection."""

from __future__ import annotations

_MAX_CHARACTERS = 5_000  # of a text that are examined
_MIN_CHARACTERS = 60  # shorter texts can't be classified reliably


def detect_language(text: str) -> str | None:
    """Return the most likely language of a text as an ISO 639-1 code ("en"); None if the text is too short."""
    import py3langid  # the import takes a second, and most commands don't need it

    return str(py3langid.classify(text[:_MAX_CHARACTERS].lower())[0]) if len(text) >= _MIN_CHARACTERS else None
