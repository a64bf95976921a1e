"""Texts of the HTTP API: errors and states. Endpoints are described where they are defined."""

from __future__ import annotations

SUMMARY = "Answers from a library of articles, made of exact quotes."
STARTING = "The app is loading its model. Try again in a few seconds."
INTERNAL_ERROR = "Internal error. See the app's log for details."


def unknown_path(path: str) -> str:
    """The path isn't an endpoint."""
    return f"The API has no endpoint {path}. See /docs for a list."


def article_not_found(article_id: int) -> str:
    """No article has this id."""
    return f"No article has the id {article_id}."


def feed_not_found(feed_id: int) -> str:
    """No followed feed has this id."""
    return f"No followed feed has the id {feed_id}."


def job_not_found(job_id: str) -> str:
    """No job has this id."""
    return f"No job has the id {job_id!r}. Only recent jobs are kept, and none after a restart of the app."


def startup_failed(reason: str) -> str:
    """The app will never be ready."""
    return f"The app failed to start: {reason}"


def invalid_source(text: str, reason: str) -> str:
    """An address can't be added."""
    return f"Can't add {text[:200]!r}: {reason}"
