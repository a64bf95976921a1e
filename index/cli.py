"""Shared by the command lines: common options, error handling, JSON output, and a progress bar."""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, Self

from .errors import EmbedderMismatch, LibraryError, LibraryMissing
from .fetch import Fetcher
from .library import Library
from .records import Article, Progress
from .settings import Settings
from .storage import Where

# Control characters other than tab and newline, and invisible ones that change the direction of text.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

Command = Callable[[Library, argparse.Namespace, Settings], int]


def common_options() -> argparse.ArgumentParser:
    """Options of every command."""
    options = argparse.ArgumentParser(add_help=False)
    meaning = "directory of the library (default: $ARTICLES_LIBRARY, or library)"
    options.add_argument("--library", metavar="DIR", help=meaning)
    options.add_argument("--json", action="store_true", help="print JSON")
    return options


def filter_options() -> argparse.ArgumentParser:
    """Options that select articles; `where_of` reads them."""
    options = argparse.ArgumentParser(add_help=False)
    for name in ("outlet", "author", "language", "tag", "collection", "speaker"):
        what = f"that quote this {name}" if name == "speaker" else f"of this {name}"
        options.add_argument(
            f"--{name}",
            dest=f"{name}s",  # `speaker` is an argument of its own elsewhere
            action="append",
            default=[],
            metavar=name.upper(),
            help=f"only articles {what}; repeatable",
        )
    meaning = "only articles published on or {} this date (YYYY-MM-DD)"
    options.add_argument("--since", type=_date, metavar="DATE", help=meaning.format("after"))
    options.add_argument("--until", type=_date, metavar="DATE", help=meaning.format("before"))
    meaning = "only the article with this id; repeatable"
    options.add_argument("--article", action="append", default=[], type=int, metavar="ID", help=meaning)
    return options


def where_of(options: argparse.Namespace) -> Where:
    """The filter of a command.

    Raises:
        FilterError: a value isn't allowed.
    """
    return Where(
        publishers=options.outlets,
        authors=options.authors,
        since=options.since,
        until=options.until,
        languages=options.languages,
        tags=options.tags,
        collections=options.collections,
        speakers=options.speakers,
        article_ids=options.article,
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; enter a date as YYYY-MM-DD") from None


def run(
    command: Command,
    options: argparse.Namespace,
    *,
    make: bool = False,
    replace_embedder: bool = False,
    fetcher: Fetcher | None = None,
) -> int:
    """Open the library, run a command on it, and print failures as one line. Returns the exit status.

    `make`, `replace_embedder` and `fetcher` are as for `Library.open`.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    handler = logging.StreamHandler()
    handler.setFormatter(_PrintableFormatter(logging.BASIC_FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    try:
        settings = Settings.from_environment(library=options.library)
        with Library.open(
            settings.library,
            settings.embedder,
            make=make,
            replace_embedder=replace_embedder,
            fetcher=fetcher,
            precision=settings.precision,
        ) as library:
            return command(library, options, settings)
    except (LibraryError, ValueError) as error:
        echo(f"error: {error}{_hint(error)}", is_error=True)
        return 1
    except KeyboardInterrupt:
        echo("Stopped. What was added stays; run the same command again to continue.", is_error=True)
        return 130
    except BrokenPipeError:  # `… | head` closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _hint(error: Exception) -> str:
    """What to do about an error on the command line."""
    if isinstance(error, LibraryMissing):
        return " Use --library DIR, or the add command."
    if isinstance(error, EmbedderMismatch):
        return " Use check --repair to re-embed."
    return ""


def echo(text: str, *, is_error: bool = False) -> None:
    """Print a text that may contain parts of articles. All output of the command lines goes through this function."""
    print(printable(text), file=sys.stderr if is_error else sys.stdout)


def printable(text: str) -> str:
    """Escape the characters that a terminal may obey, as in JSON, in which the result means the same."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def summary(article: Article) -> dict[str, object]:
    """An article for a list: without its text."""
    return {key: value for key, value in dataclasses.asdict(article).items() if key != "text"}


def print_json(value: Any) -> None:
    """Print records, or lists and dicts of records, as JSON."""
    echo(json.dumps(value, default=_encode, ensure_ascii=False, indent=2))


class _PrintableFormatter(logging.Formatter):
    """Log messages may contain file names and addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        return printable(super().format(record))


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't be encoded as JSON")


_TITLES = {"add": "reading", "embed": "embedding", "statements": "identifying speakers"}
_UNITS = {"add": "sources", "embed": "passages", "statements": "articles"}


class ProgressBar:
    """Shows `Progress` on standard error: one bar per step on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        from tqdm import tqdm  # only commands that add need it

        self._tqdm = tqdm
        self._bars: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, progress: Progress) -> None:
        """Update the bar of a step."""
        if progress.step not in self._bars:
            title, unit = _TITLES.get(progress.step, progress.step), _UNITS.get(progress.step, "")
            self._bars[progress.step] = self._tqdm(
                desc=title, unit=f" {unit}", total=progress.total, file=sys.stderr, disable=None
            )
        bar = self._bars[progress.step]
        bar.total = progress.total
        part = f" ({progress.articles:,} of {progress.found:,} articles)" if progress.found > 1 else ""
        bar.set_postfix_str(printable(progress.item[-60:]) + part, refresh=False)
        bar.update(progress.done - bar.n)
        bar.refresh()

    def close(self) -> None:
        """Leave the finished bars on the screen."""
        for bar in self._bars.values():
            bar.close()
