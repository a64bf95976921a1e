"""What the command lines share: the options, JSON, and a progress bar."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, Self

from .errors import LibraryError
from .fetch import Fetcher
from .library import Library
from .records import Progress
from .settings import Settings


def common_options() -> argparse.ArgumentParser:
    """Options that every command has."""
    settings = Settings.from_environment(os.environ)
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--library", metavar="DIR", default=settings.library, help="directory of the library (default: %(default)s)"
    )
    options.add_argument("--json", action="store_true", help="print JSON")
    return options


def run(
    command: Callable[[Library, argparse.Namespace], int],
    options: argparse.Namespace,
    *,
    make: bool = False,
    replace_embedder: bool = False,
    fetcher: Fetcher | None = None,
) -> int:
    """Open the library, run a command on it, and turn failures into one plain line. Returns the exit status.

    `make`, `replace_embedder` and `fetcher` are as for `Library.open`.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    logging.basicConfig(level=logging.WARNING)
    try:
        embedder = Settings.from_environment(os.environ).embedder
        with Library.open(
            options.library, embedder, make=make, replace_embedder=replace_embedder, fetcher=fetcher
        ) as library:
            return command(library, options)
    except (LibraryError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; what was added stays, and the same command goes on from here", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `… | head` closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def print_json(value: Any) -> None:
    """Print records, or lists and dicts of them, as JSON."""
    print(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


_TITLES = {"add": "reading", "embed": "embedding", "statements": "finding statements"}
_UNITS = {"add": "sources", "embed": "passages", "statements": "articles"}


class ProgressBar:
    """Shows `Progress` on standard error: a bar for each step on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        from tqdm import tqdm  # only commands that add need it

        self._tqdm = tqdm
        self._bars: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, progress: Progress) -> None:
        """Show how far the work is."""
        if progress.step not in self._bars:
            title, unit = _TITLES.get(progress.step, progress.step), _UNITS.get(progress.step, "")
            self._bars[progress.step] = self._tqdm(
                desc=title, unit=f" {unit}", total=progress.total, file=sys.stderr, disable=None
            )
        bar = self._bars[progress.step]
        bar.total = progress.total
        bar.set_postfix_str(progress.item[-60:], refresh=False)
        bar.update(progress.done - bar.n)
        bar.refresh()

    def close(self) -> None:
        """Leave the finished bars on the screen."""
        for bar in self._bars.values():
            bar.close()
