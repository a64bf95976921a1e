"""The words of exports that don't come from articles."""

from __future__ import annotations

UNTITLED = "Untitled article"
CONVERSATION = "Conversation"
DIRECT_SPEECH, REPORTED_SPEECH = "direct speech", "reported speech"
NO_ANSWER = "I couldn't find an answer in your articles."
WRITTEN = "Written by a language model. Only the quotes below are the articles' words."
NOT_CHECKED = "This text isn't from the articles and wasn't checked."
SHORT_ANSWER = "Short answer"
REMOVED = "removed from the library"
CHECKED_QUOTES = "Every quote was compared with its article, character by character."


def left_out(marker: int, article_id: int) -> str:
    """A quote that the library doesn't confirm."""
    return f"Quote [{marker}] was left out: article {article_id} doesn't have these words at this place."


def speech(speaker: str, role: str | None, is_direct: bool, via: str) -> str:
    """Who says a quote, and whether the words are the speaker's own."""
    who = f"{speaker} ({role})" if role else speaker
    kind = DIRECT_SPEECH if is_direct else REPORTED_SPEECH
    return f"{who}, {kind}, as reported by {via}" if via else f"{who}, {kind}"
