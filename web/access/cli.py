"""Commands for tokens and changes: `token add|list|revoke` and `changes`. They need no running server."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from index import SettingsError
from index.cli import common_options, echo, print_json
from index.settings import Settings

from ..limits import DEFAULT_TOKEN_BYTES, DEFAULT_TOKEN_PER_MINUTE, MAX_UPLOAD_BYTES, MB
from ..messages import access as texts
from ..state import StateFailed, StateFile
from .access_file import access_file
from .callers import COMMAND_LINE
from .changes import Change, Changes
from .roles import Role
from .tokens import NamedToken, NamedTokens, TokenError

Command = Callable[[StateFile, argparse.Namespace], int]
_ROLES = [role.label for role in (Role.READ, Role.WRITE, Role.ADMIN)]


def add_commands(commands: Any) -> None:
    """Add the commands to a parser. Each sets `run`, a function of the parsed options."""
    common = common_options()
    token = commands.add_parser("token", help=texts.TOKEN_HELP)
    actions = token.add_subparsers(required=True, metavar="ACTION")

    add = actions.add_parser("add", parents=[common], help=texts.TOKEN_ADD_HELP)
    add.add_argument("name", metavar="NAME", help=texts.NAME_HELP)
    add.add_argument("--role", choices=_ROLES, default="read", help=texts.ROLE_HELP)
    meaning = texts.RATE_HELP.format(DEFAULT_TOKEN_PER_MINUTE)
    add.add_argument(
        "--per-minute", type=_number_up_to(1_000_000), default=DEFAULT_TOKEN_PER_MINUTE, metavar="N", help=meaning
    )
    meaning = texts.SIZE_HELP.format(DEFAULT_TOKEN_BYTES // MB)
    add.add_argument(
        "--max-mb",
        type=_number_up_to(MAX_UPLOAD_BYTES // MB),
        default=DEFAULT_TOKEN_BYTES // MB,
        metavar="N",
        help=meaning,
    )
    add.set_defaults(run=partial(_run, _add))

    listing = actions.add_parser("list", parents=[common], help=texts.TOKEN_LIST_HELP)
    listing.set_defaults(run=partial(_run, _list))

    revoke = actions.add_parser("revoke", parents=[common], help=texts.TOKEN_REVOKE_HELP)
    revoke.add_argument("name", metavar="NAME", help=texts.REVOKE_HELP)
    revoke.set_defaults(run=partial(_run, _revoke))

    changes = commands.add_parser("changes", parents=[common], help=texts.CHANGES_HELP)
    changes.add_argument("--limit", type=_number_up_to(1_000_000), default=50, metavar="N", help=texts.LIMIT_HELP)
    changes.set_defaults(run=partial(_run, _changes))


def _number_up_to(limit: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isdecimal() and 1 <= int(text[:10]) <= limit):
            raise argparse.ArgumentTypeError(texts.not_a_number(text, limit))
        return int(text)

    return parse


def _run(command: Command, options: argparse.Namespace) -> int:
    """Run a command on the access file of the library, and print failures as one line. Returns the exit status."""
    try:
        directory = Path(Settings.from_environment(library=options.library).library).expanduser()
        if not directory.is_dir():
            raise SettingsError(texts.no_library(str(directory)))
        return command(access_file(directory), options)
    except (SettingsError, StateFailed, TokenError) as error:
        echo(f"error: {error}", is_error=True)
        return 1


def _add(file: StateFile, options: argparse.Namespace) -> int:
    token = NamedTokens(file).add(options.name, Role[options.role.upper()], options.per_minute, options.max_mb * MB)
    Changes(file).add(COMMAND_LINE.name, "token add", [options.name])
    if options.json:
        print_json({"name": options.name, "role": options.role, "token": token})
    else:
        echo(texts.STORE_IT_NOW, is_error=True)
        echo(token)
    return 0


def _list(file: StateFile, options: argparse.Namespace) -> int:
    tokens = NamedTokens(file).all()
    if options.json:
        print_json([_token_json(token) for token in tokens])
    elif not tokens:
        echo(texts.NO_TOKENS)
    for token in [] if options.json else tokens:
        state = f"revoked {_minute(token.revoked)}" if token.revoked else "valid"
        limits = texts.token_limits(token.per_minute, token.max_bytes // MB)
        echo(f"{token.id}  {token.name:20} {token.role.label:6} {limits}  made {_minute(token.made)}  {state}")
    return 0


def _revoke(file: StateFile, options: argparse.Namespace) -> int:
    token = NamedTokens(file).revoke(options.name)
    Changes(file).add(COMMAND_LINE.name, "token revoke", [token.name])
    echo(texts.revoked(token.name))
    return 0


def _changes(file: StateFile, options: argparse.Namespace) -> int:
    changes = Changes(file).latest(options.limit)
    if options.json:
        print_json([_change_json(change) for change in changes])
    elif not changes:
        echo(texts.NO_CHANGES)
    for change in [] if options.json else changes:
        echo(
            f"{change.number:>6}  {change.at:%Y-%m-%d %H:%M:%S}  {change.who:20} {change.what:20} {change.ids}".rstrip()
        )
    return 0


def _token_json(token: NamedToken) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role.label,
        "per_minute": token.per_minute,
        "max_bytes": token.max_bytes,
        "made": token.made,
        "revoked": token.revoked,
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {"number": change.number, "at": change.at, "who": change.who, "what": change.what, "ids": change.ids}


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
