"""Texts of the HTTP API: errors and states. Endpoints are described where they are defined."""

from __future__ import annotations

SUMMARY = "Answers from a library of articles, made of exact quotes."
READER_OFF = "The reader can't be used, so answers are chosen without it. The log says why."
STARTING = "The app is loading its model. Try again in a few seconds."
UPLOAD_JOB = "Uploaded files"
BEARER = "The token of the settings, or a named token. A server without tokens needs none."
INTERNAL_ERROR = "Internal error. See the app's log for details."


def unknown_path(path: str) -> str:
    """The path isn't an endpoint."""
    return f"The API has no endpoint {path}. See /docs for a list."


def article_not_found(article_id: int) -> str:
    """No article has this id."""
    return f"No article has the id {article_id}."


def job_not_found(job_id: str) -> str:
    """No job has this id."""
    return f"No job has the id {job_id!r}. Only recent jobs are kept, and none after a restart of the app."


def startup_failed(reason: str) -> str:
    """The app will never be ready."""
    return f"The app failed to start: {reason}"


def invalid_source(text: str, reason: str) -> str:
    """An address can't be added."""
    return f"Can't add {text[:200]!r}: {reason}"


def busy(seconds: int) -> str:
    """Too many requests of all clients are waiting."""
    return f"The server is busy. Try again in {seconds:,} s."


def too_many_at_once(limit: int, seconds: int) -> str:
    """A client sends too many requests at the same time."""
    return (
        f"At most {limit:,} of these requests are served at the same time for one client. Try again in {seconds:,} s."
    )


def too_many_per_minute(limit: int, seconds: int) -> str:
    """A client sends too many requests one after another."""
    return f"At most {limit:,} of these requests a minute are served for one client. Try again in {seconds:,} s."


def too_many_jobs(limit: int, seconds: int) -> str:
    """Too many jobs are waiting."""
    return f"{limit:,} jobs are waiting already. Stop some of them, or try again in {seconds:,} s."


def unknown_parameter(known: str) -> str:
    """A query parameter doesn't exist."""
    return f"Unknown parameter. Known here: {known or 'none'}."


def unknown_field(name: str, known: str) -> str:
    """A field of a JSON object doesn't exist."""
    return f"Unknown field {name!r}. Known here: {known}."


def method_not_allowed(method: str, allowed: str) -> str:
    """The path is an endpoint, but not for this method."""
    return f"{method} isn't allowed here. Allowed: {allowed}."


def cursor_not_found(cursor: str) -> str:
    """A cursor isn't one of this list."""
    return f"The cursor {cursor[:60]!r} isn't one of this list: use `next_cursor` of a response to the same parameters."
