"""The console script `ask-the-articles`: the commands of `python -m index` and `python -m rag`, `watch`,
`token`, `changes`, `serve` and `mcp`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from index.__main__ import add_commands as add_library_commands
from rag.__main__ import add_commands as add_question_commands

from . import serve
from .access import add_commands as add_access_commands
from .messages import doors
from .messages import server as texts
from .watches import add_watch_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="ask-the-articles", description=texts.PROGRAM_DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_library_commands(commands)
    add_question_commands(commands)
    add_watch_command(commands)
    add_access_commands(commands)
    command = commands.add_parser("serve", help=texts.SERVE_HELP)
    serve.add_options(command)
    command.set_defaults(run=serve.run)
    command = commands.add_parser("mcp", help=doors.MCP_HELP)
    command.add_argument("--library", metavar="DIR", help=doors.MCP_LIBRARY_HELP)
    command.set_defaults(run=_serve_mcp)
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


def _serve_mcp(options: argparse.Namespace) -> int:
    from .mcp import run  # heavy: other commands needn't wait for it

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
