"""Texts about tokens, roles and the record of changes."""

from __future__ import annotations

from .common import counted

TOKEN_HELP = "make, list and revoke named tokens"  # noqa: S105 a description
TOKEN_ADD_HELP = "make a token for a person or a program"  # noqa: S105
TOKEN_LIST_HELP = "list the tokens"  # noqa: S105
TOKEN_REVOKE_HELP = "revoke a token; it is refused at once and its sessions end"  # noqa: S105
CHANGES_HELP = "show who changed what, newest first"
NAME_HELP = "whose token it is: 1 to 40 letters, digits and . _ - @"
ROLE_HELP = "read: ask, search and list; write: add, edit and remove, too; admin: everything (default: read)"
RATE_HELP = "requests a minute (default: {:,})"
SIZE_HELP = "size of a request in MB (default: {:,})"
REVOKE_HELP = "name or id of the token"
LIMIT_HELP = "number of changes (default: 50)"

STORE_IT_NOW = "Store this token now: it can't be shown again."
NO_TOKENS = "No named tokens."
NO_CHANGES = "No changes were recorded."
ACCESS_FAILED = "Tokens can't be checked right now. See the app's log for details."


def invalid_name(name: str) -> str:
    """A name isn't allowed."""
    return (
        f"{name[:60]!r} can't be the name of a token: use 1 to 40 letters, digits and . _ - @, except reserved names."
    )


def name_in_use(name: str) -> str:
    """A valid token has this name."""
    return f"There is a token named {name!r} already. Revoke it first, or choose another name."


def no_such_token(name: str) -> str:
    """No valid token has this name."""
    return f"No valid token is named {name[:60]!r}. The command `token list` shows them all."


def revoked(name: str) -> str:
    """A token was revoked."""
    return f"Revoked the token of {name}."


def role_missing(needed: str, own: str) -> str:
    """A caller may not do this."""
    return f"This needs the role {needed}; your token has the role {own}."


def too_fast(limit: int, seconds: int) -> str:
    """A token is used too often."""
    return f"This token may send {counted(limit, 'request')} a minute. Try again in {seconds:,} s."


def token_limits(per_minute: int, megabytes: int) -> str:
    """The limits of a token."""
    return f"{per_minute:,}/min, {megabytes:,} MB"


def not_a_number(text: str, limit: int) -> str:
    """An option isn't a whole number."""
    return f"{text[:40]!r} isn't a whole number from 1 to {limit:,}"


def no_library(directory: str) -> str:
    """There is no library."""
    return f"There is no library at {directory}. Use --library DIR, or the add command."
