"""Texts of the server: its command line, login and refused requests."""

from __future__ import annotations

from .common import APP_NAME

DESCRIPTION = f"{APP_NAME}: serve the page and the HTTP API."
LIBRARY_HELP = "directory of the library, created if missing (default: $ARTICLES_LIBRARY, or library)"
HOST_HELP = "address to listen on (default: $ARTICLES_HOST, or 127.0.0.1); a public one requires a token"
PORT_HELP = "port to listen on (default: $ARTICLES_PORT, or 7860)"
SERVE_HELP = "serve the page and the HTTP API"
PROGRAM_DESCRIPTION = "Ask questions over your own collection of articles, with exact quotes as answers."
NO_EXAMPLES_HELP = "don't add the sample articles to a new library"

STARTING_PAGE = "Starting… This page reloads by itself."

LOGIN_TITLE = f"Log in: {APP_NAME}"
NAME, TOKEN, LOG_IN, LOG_OUT = "Name (optional)", "Token", "Log in", "Log out"
WRONG_TOKEN = "Wrong token, or not the token of this name. Please try again."  # noqa: S105 a message

TOKEN_REQUIRED = "This server requires a token. Send it in the header “Authorization: Bearer <token>”."  # noqa: S105
UNKNOWN_HOST = "This host name isn't served. Use 127.0.0.1 or localhost."
CROSS_SITE = "Requests from other websites aren't allowed."
BAD_EVENT = "The page sent something that this server doesn't accept. Reload the page."
BODY_TOO_SLOW = "The request took too long to arrive. Send it again over a faster connection, or in smaller parts."
BAD_REQUEST = "This isn't a valid HTTP request."
TOO_MANY_CONNECTIONS = "Too many open connections. Close some, or try again in a few seconds."


def request_too_large(max_bytes: int) -> str:
    """A request was refused for its size."""
    limit = f"{max_bytes / 1e6:,.0f} MB" if max_bytes >= 1e6 else f"{max_bytes / 1e3:,.0f} KB"
    return f"The request is too large. The limit here is {limit}: send less at a time."


def too_many_tries(seconds: int) -> str:
    """A client sent too many wrong tokens."""
    return f"Too many wrong tokens. Try again in {seconds:,} s."


def logged_in_as(name: str, role: str) -> str:
    """Who is logged in."""
    return f"Logged in as {name} (role: {role})."


def starting(directory: str) -> str:
    """The app is starting."""
    return f"{APP_NAME} is starting with the library at {directory}"


def ready(address: str) -> str:
    """The app can be used."""
    return f"Ready: {address}"


def error(reason: str) -> str:
    """The app can't go on."""
    return f"error: {reason}"


def cannot_listen(host: str, port: int, reason: str) -> str:
    """The address or the port can't be used."""
    return f"Can't listen on {host}, port {port}: {reason}. Choose another with --host or --port."
