"""The command `watch`: watches of a library on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from index import Library, Settings
from index.cli import common_options, echo, filter_options, print_json, run, where_of
from rag import Assistant, OptionalReader

from ..messages import watches as texts
from ..state import StateFailed
from .records import Match, Watch, WatchNotFound
from .watches import Watches

Commands = Any  # argparse's type of what `add_subparsers` returns is private
Action = Callable[[Watches, argparse.Namespace], int]


def add_watch_command(commands: Commands) -> None:
    """Add the command and its actions to a parser."""
    watch = commands.add_parser("watch", help=texts.WATCH_HELP)
    actions = watch.add_subparsers(required=True, metavar="ACTION")
    common = common_options()

    # Its `--speaker` takes the place of the filter's.
    add = actions.add_parser("add", parents=[common, filter_options()], help=texts.ADD_HELP, conflict_handler="resolve")
    add.add_argument("name", help=texts.NAME_HELP)
    kind = add.add_mutually_exclusive_group(required=True)
    kind.add_argument("--query", metavar="WORDS", help=texts.QUERY_HELP)
    kind.add_argument("--question", help=texts.QUESTION_HELP)
    kind.add_argument("--speaker", metavar="NAME", help=texts.SPEAKER_HELP)
    add.add_argument("--webhook", metavar="URL", help=texts.WEBHOOK_HELP)
    add.set_defaults(run=_command(_add), speakers=[])

    listing = actions.add_parser("list", parents=[common], help=texts.LIST_HELP)
    listing.set_defaults(run=_command(_list))

    for name, meaning, action in (
        ("matches", texts.MATCHES_HELP, _matches),
        ("remove", texts.REMOVE_HELP, _remove),
        ("enable", texts.ENABLE_HELP, _enable),
    ):
        one = actions.add_parser(name, parents=[common], help=meaning)
        one.add_argument("id", type=int, metavar="ID", help=texts.ID_HELP)
        one.set_defaults(run=_command(action))


def _command(action: Action) -> Callable[[argparse.Namespace], int]:
    return partial(run, partial(_run, action))


def _run(action: Action, library: Library, options: argparse.Namespace, settings: Settings) -> int:
    watches = Watches(Assistant(library, settings.caution, reader=OptionalReader(settings.reader)))
    try:
        return action(watches, options)
    except (WatchNotFound, StateFailed) as error:
        echo(f"error: {error}", is_error=True)
        return 1
    finally:
        watches.close()


def _add(watches: Watches, options: argparse.Namespace) -> int:
    watch = watches.watch(
        options.name,
        query=options.query,
        question=options.question,
        speaker=options.speaker,
        where=where_of(options),
        webhook=options.webhook,
    )
    if options.json:
        print_json(watch)
        return 0
    _print_watch(watch)
    if watch.secret:
        echo(texts.webhook_secret(watch.secret))
    return 0


def _list(watches: Watches, options: argparse.Namespace) -> int:
    watches.find_matches()  # of articles that were added while no app was running
    found = watches.watches()
    if options.json:
        print_json(found)
    else:
        for watch in found:
            _print_watch(watch)
    return 0


def _matches(watches: Watches, options: argparse.Namespace) -> int:
    watches.find_matches()
    found = watches.matches(options.id)
    if options.json:
        print_json([_as_json(match) for match in found])
        return 0
    for match in found:
        article = match.article
        echo(f"{article.title}\n    {article.source}, characters {match.start}–{match.end}\n    {match.quote}\n")
    echo(texts.counted(len(found), "match", "matches"))
    return 0


def _remove(watches: Watches, options: argparse.Namespace) -> int:
    name = watches.get(options.id).name
    watches.remove(options.id)
    if options.json:
        print_json({"removed": options.id})
    else:
        echo(texts.removed(name))
    return 0


def _enable(watches: Watches, options: argparse.Namespace) -> int:
    watch = watches.enable(options.id)
    if options.json:
        print_json(watch)
    else:
        _print_watch(watch)
    return 0


def _print_watch(watch: Watch) -> None:
    matches = texts.counted(watch.matches, "match", "matches")
    echo(f"{watch.id:>4}  {watch.name}  ({watch.kind}: {watch.words}), {matches}")
    if watch.webhook:
        echo(f"      {texts.webhook_state(watch.webhook, watch.failure, watch.is_disabled)}")


def _as_json(match: Match) -> dict[str, object]:
    values = asdict(replace(match, article=replace(match.article, text="")))
    article = {key: value for key, value in values["article"].items() if key != "text"}
    return {**values, "article": article, "quote": match.quote}
