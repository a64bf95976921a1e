"""Texts about watches."""

from __future__ import annotations

from .common import APP_NAME

WATCH_HELP = "watch for new articles: saved searches, questions and speakers"
NAME_HELP = "a name for the watch and its feed"
QUERY_HELP = "new articles with all these words"
QUESTION_HELP = "new articles that answer this question"
SPEAKER_HELP = "new articles in which this person or group speaks"
WEBHOOK_HELP = "address that new matches are sent to (Standard Webhooks)"
ID_HELP = "from watch list"
ENABLE_HELP = "send to a webhook again that was disabled"
OPML_JOB = "List of feeds"
LIST_HELP = "list the watches"
ADD_HELP = "add a watch"
REMOVE_HELP = "remove a watch with its matches"
MATCHES_HELP = "list new matches, newest first"


def feed_title(name: str) -> str:
    """Title of the feed of a watch."""
    return f"{name} – {APP_NAME}"


def counted(number: int, singular: str, plural: str) -> str:
    """A number with its noun."""
    return f"{number:,} {singular if number == 1 else plural}"


def webhook_secret(secret: str) -> str:
    """The secret of a new webhook."""
    return f"Secret of the webhook, shown only now: {secret}"


def watch_not_found(watch_id: int) -> str:
    """No watch has this id."""
    return f"No watch has the id {watch_id}."


def removed(name: str) -> str:
    """A watch was removed."""
    return f"Removed the watch “{name}”."


def webhook_state(address: str, failure: str | None, is_disabled: bool) -> str:
    """Where matches are sent, and whether that works."""
    if is_disabled:
        return f"{address}, disabled: {failure}"
    return f"{address}, last attempt: {failure}" if failure else address
