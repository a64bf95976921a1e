"""Commands that change articles and speakers by hand: remove, restore, edit, merge."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial
from typing import Any

from ..cli import echo, print_json, run, summary
from ..library import Library
from ..settings import Settings

_EDITABLE = {"title": "the title", "publisher": "the outlet", "author": "the author", "published": "YYYY-MM-DD"}


def add_change_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to a parser; each sets `run`, a function of the parsed options."""
    for name, command, meaning in (
        ("remove", _remove, "remove articles by id"),
        ("restore", _restore, "undo the removal of articles, within a day"),
    ):
        parser = commands.add_parser(name, parents=[common], help=meaning)
        parser.add_argument("ids", nargs="+", type=int, metavar="ID")
        parser.set_defaults(run=partial(run, command))

    edit = commands.add_parser("edit", parents=[common], help="correct the title, outlet, author or day of an article")
    edit.add_argument("id", type=int, metavar="ID")
    for field, meaning in _EDITABLE.items():
        edit.add_argument(f"--{field}", help=f'{meaning}; "" if unknown')
    meaning = "go back to what the source gives; repeatable"
    edit.add_argument("--revert", action="append", default=[], choices=list(_EDITABLE), help=meaning)
    edit.set_defaults(run=partial(run, _edit))

    merge = commands.add_parser("merge", parents=[common], help="merge a speaker into another one, or undo that")
    merge.add_argument("name", metavar="NAME")
    merge.add_argument("other", nargs="?", metavar="OTHER", help="the name that both have then")
    merge.add_argument("--undo", action="store_true", help="separate NAME from the speaker it was merged into")
    merge.set_defaults(run=partial(run, _merge))


def _remove(library: Library, options: argparse.Namespace, _: Settings) -> int:
    titles = [library.article(article_id).title for article_id in options.ids]
    library.remove(options.ids)
    if options.json:
        print_json({"removed": options.ids})
    else:
        for article_id, title in zip(options.ids, titles, strict=True):
            echo(f"Removed {article_id}: {title}")
        echo(f"To undo it within a day: restore {' '.join(map(str, options.ids))}")
    return 0


def _restore(library: Library, options: argparse.Namespace, _: Settings) -> int:
    library.restore(options.ids)
    library.catch_up()
    if options.json:
        print_json({"restored": options.ids})
    else:
        for article_id in options.ids:
            echo(f"Restored {article_id}: {library.article(article_id).title}")
    return 0


def _edit(library: Library, options: argparse.Namespace, _: Settings) -> int:
    values = {field: getattr(options, field) for field in _EDITABLE if getattr(options, field) is not None}
    changes = {field: value or None for field, value in values.items() if field != "published"}
    if "published" in values:
        changes["published"] = _day(values["published"]) if values["published"] else None
    article = library.edit(options.id, changes, options.revert)
    if options.json:
        print_json(summary(article))
    else:
        edited = f"edited: {', '.join(article.edited)}" if article.edited else "not edited"
        echo(f"{article.id:>6}  {article.published or '          '}  {article.title}  ({edited})")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"Enter the day as YYYY-MM-DD, not {text[:20]!r}.") from None


def _merge(library: Library, options: argparse.Namespace, _: Settings) -> int:
    if options.undo:
        library.speech.separate(options.name)
        echo(f"Separated {options.name}.")
    elif not options.other:
        raise ValueError("Name the speaker to merge with, or use --undo.")
    else:
        library.speech.merge(options.name, options.other)
        echo(f"{options.name} and {options.other} are one speaker now. To undo it: merge --undo {options.name!r}")
    return 0
