"""python -m index: manage a library."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from functools import partial
from typing import Any

from .cli import Command, ProgressBar, common_options, echo, filter_options, print_json, run, summary, where_of
from .commands import add_change_commands
from .errors import SourceError
from .fetch import Fetcher
from .ingest import opml
from .library import Library
from .readers import FILE_KINDS
from .records import Report
from .settings import Settings
from .storage import Label

_SKIPPED_SHOWN = 3  # of the sources that were skipped for the same reason

Commands = Any  # argparse's type of what `add_subparsers` returns is private


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m index", description="Manage a library of articles.")
    add_commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


def add_commands(commands: Commands) -> None:
    """Add the commands that manage a library to a parser. Each sets `run`, a function of the parsed options."""
    common, web = common_options(), _web_options()
    _add_sources(commands, [common, web])
    _add_feeds(commands, common, web)

    listing = commands.add_parser(
        "list", parents=[common, filter_options()], help="list the articles, last added first"
    )
    listing.add_argument("matching", nargs="?", default="", help="part of a title, outlet or source")
    listing.set_defaults(run=partial(run, _list))

    _add_labels(commands, common)
    add_change_commands(commands, common)

    status = commands.add_parser("status", parents=[common], help="show the contents and state of the library")
    status.set_defaults(run=partial(run, _status))

    check = commands.add_parser("check", parents=[common], help="check the integrity of the library")
    check.add_argument("--repair", action="store_true", help="rebuild derived data")
    check.set_defaults(run=lambda options: run(_check, options, replace_embedder=options.repair))

    backup = commands.add_parser("backup", parents=[common], help="copy the library to a file; it may be in use")
    backup.add_argument("file", metavar="FILE")
    backup.set_defaults(run=partial(run, _backup))


def _add_labels(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Commands for tags and collections."""
    for name, meaning in (
        ("tag", "tag articles"),
        ("collect", "put articles in a collection, which is made if needed"),
    ):
        command = commands.add_parser(name, parents=[common], help=meaning)
        command.add_argument("name", metavar="TAG" if name == "tag" else "COLLECTION")
        command.add_argument("ids", nargs="*" if name == "collect" else "+", type=int, metavar="ID")
        command.add_argument("--remove", action="store_true", help="take them out instead")
        command.set_defaults(run=partial(run, partial(_label, name == "tag")))
    collections = commands.add_parser("collections", parents=[common], help="list, rename and delete collections")
    collections.add_argument("--rename", nargs=2, metavar=("COLLECTION", "NAME"))
    collections.add_argument("--delete", metavar="COLLECTION", help="delete a collection; its articles stay")
    collections.set_defaults(run=partial(run, _collections))
    tags = commands.add_parser("tags", parents=[common], help="list the tags")
    tags.set_defaults(run=partial(run, lambda library, options, _: _print_labels(library.tags(), options)))


def _web_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    meaning = "allow private addresses, e.g. of an intranet; use only with addresses that you trust"
    options.add_argument("--allow-private", action="store_true", help=meaning)
    return options


def _add_sources(commands: Commands, parents: list[argparse.ArgumentParser]) -> None:
    add = commands.add_parser("add", parents=parents, help="add files, folders and web addresses")
    meaning = f"a file ({', '.join(FILE_KINDS)}), a folder, or the address of an article, feed or sitemap"
    add.add_argument("sources", nargs="+", metavar="SOURCE", help=meaning)
    for name, meaning in (("include", "add only files"), ("exclude", "skip files")):
        meaning = f'in folders, {meaning} that match this pattern: "*.html", "2022/*"; repeatable'
        add.add_argument(f"--{name}", action="append", default=[], metavar="PATTERN", help=meaning)
    meaning = "column of a table or of JSON lines that contains the text, title, url, published, author, …; repeatable"
    add.add_argument("--column", action="append", default=[], metavar="KEY=NAME", type=_column, help=meaning)
    add.set_defaults(run=partial(_run_online, _add, make=True))


def _add_feeds(commands: Commands, common: argparse.ArgumentParser, web: argparse.ArgumentParser) -> None:
    follow = commands.add_parser("follow", parents=[common, web], help="follow a feed, or a folder of files")
    meaning = "the address of an RSS or Atom feed; a folder; or an OPML file, to follow all its feeds"
    follow.add_argument("source", metavar="SOURCE", help=meaning)
    follow.set_defaults(run=partial(_run_online, _follow, make=True))

    update = commands.add_parser(
        "update", parents=[common, web], help="add new articles of the followed feeds and folders"
    )
    update.set_defaults(run=partial(_run_online, _update))

    feeds = commands.add_parser("feeds", parents=[common], help="list the followed feeds")
    feeds.add_argument("--opml", action="store_true", help="print an OPML file, which feed readers import")
    feeds.set_defaults(run=partial(run, _feeds))

    unfollow = commands.add_parser("unfollow", parents=[common], help="unfollow a feed; its articles stay")
    unfollow.add_argument("id", type=int, metavar="ID", help="from the feeds command")
    unfollow.set_defaults(run=partial(run, _unfollow))


def _column(text: str) -> tuple[str, str]:
    key, equals, name = text.partition("=")
    if not (key and equals and name):
        raise argparse.ArgumentTypeError(f"{text!r} isn't of the form KEY=NAME, e.g. text=Body")
    return key, name


def _run_online(command: Command, options: argparse.Namespace, make: bool = False) -> int:
    return run(command, options, make=make, fetcher=Fetcher(allow_private=True) if options.allow_private else None)


def _add(library: Library, options: argparse.Namespace, _: Settings) -> int:
    keys = [key for key, _ in options.column]
    if repeated := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(f"--column is given twice for {repeated!r}. Give each key once.")
    with ProgressBar() as bar:
        report = library.add(
            *options.sources,
            progress=bar,
            include=options.include,
            exclude=options.exclude,
            columns=dict(options.column),
        )
    return _print_report(report, options)


def _follow(library: Library, options: argparse.Namespace, _: Settings) -> int:
    try:
        with ProgressBar() as bar:
            report = library.follow(options.source, progress=bar)
    except SourceError as error:
        raise SourceError(f"{options.source} can't be followed: {error}{_hint(error.code)}") from None
    return _print_report(report, options)


def _update(library: Library, options: argparse.Namespace, _: Settings) -> int:
    with ProgressBar() as bar:
        report = library.update(progress=bar)
    return _print_report(report, options)


def _feeds(library: Library, options: argparse.Namespace, _: Settings) -> int:
    feeds = library.feeds()
    if options.opml:
        echo(opml(feeds).rstrip())
    elif options.json:
        print_json(feeds)
    else:
        for feed in feeds:
            checked = f"checked {feed.checked:%Y-%m-%d %H:%M} UTC" if feed.checked else "not checked yet"
            echo(f"{feed.id:>4}  {feed.title}  ({feed.url}), {feed.failure or checked}")
    return 0


def _unfollow(library: Library, options: argparse.Namespace, _: Settings) -> int:
    library.unfollow(options.id)
    if options.json:
        print_json({"unfollowed": options.id})
    else:
        echo(f"Unfollowed feed {options.id}. Its articles stay in the library.")
    return 0


def _print_report(report: Report, options: argparse.Namespace) -> int:
    if options.json:
        print_json(report)
    else:
        counts = {name: len(getattr(report, name)) for name in ("added", "updated", "unchanged", "failed", "skipped")}
        always = ("added", "updated", "unchanged")
        echo(", ".join(f"{count} {name}" for name, count in counts.items() if count or name in always))
        for failure in report.failed:
            echo(f"failed: {failure.source or repr('')}: {failure.reason}{_hint(failure.code)}", is_error=True)
        for reason, sources in report.skipped_by_reason().items():
            others = f" and {len(sources) - _SKIPPED_SHOWN:,} others" if len(sources) > _SKIPPED_SHOWN else ""
            echo(f"skipped: {', '.join(sources[:_SKIPPED_SHOWN])}{others}: {reason}", is_error=True)
    return 1 if report.failed else 0


def _hint(code: str) -> str:
    """What to do about a failed source on the command line."""
    return _HINTS.get(code, "")


_HINTS = {
    "private_address": "; use --allow-private for an intranet",
    "column": "; use --column KEY=NAME",
}


def _list(library: Library, options: argparse.Namespace, _: Settings) -> int:
    articles = list(library.articles(options.matching, where=where_of(options)))
    if options.json:
        print_json([summary(article) for article in articles])
    else:
        for article in articles:
            echo(f"{article.id:>6}  {article.published or '          '}  {article.title}  ({article.source})")
    return 0


def _label(is_tag: bool, library: Library, options: argparse.Namespace, _: Settings) -> int:
    if is_tag:
        (library.untag if options.remove else library.tag)(options.ids, options.name)
        return _print_labels(library.tags(), options)
    (library.collections.remove if options.remove else library.collections.add)(options.name, options.ids)
    return _print_labels(library.collections.list(), options)


def _collections(library: Library, options: argparse.Namespace, _: Settings) -> int:
    if options.rename:
        library.collections.rename(*options.rename)
    if options.delete:
        library.collections.delete(options.delete)
    return _print_labels(library.collections.list(), options)


def _print_labels(labels: list[Label], options: argparse.Namespace) -> int:
    if options.json:
        print_json(labels)
    else:
        for label in labels:
            echo(f"{label.articles:>6}  {label.name}")
    return 0


def _status(library: Library, options: argparse.Namespace, _: Settings) -> int:
    status = library.status()
    if options.json:
        print_json(status)
    else:
        for name, value in asdict(status).items():
            echo(f"{name:<18} {value}")
    return 0


def _check(library: Library, options: argparse.Namespace, _: Settings) -> int:
    if options.repair:
        with ProgressBar() as bar:
            library.repair(bar)
    problems = library.check()
    if options.json:
        print_json({"problems": problems})
    else:
        echo("\n".join(problems) if problems else "No problems found.")
    if problems and not options.repair:
        echo("Use check --repair to rebuild derived data.", is_error=True)
    return 1 if problems else 0


def _backup(library: Library, options: argparse.Namespace, _: Settings) -> int:
    library.back_up(options.file)
    if options.json:
        print_json({"file": options.file, "articles": len(library)})
    else:
        count = len(library)
        echo(f"Saved {count:,} article{'' if count == 1 else 's'} to {options.file}.")
        echo("To restore, copy the file to an empty directory as library.db.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
