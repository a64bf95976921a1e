"""python -m index: fill and look after a library."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from .cli import ProgressBar, common_options, print_json, run
from .errors import SourceError
from .fetch import Fetcher
from .library import Library
from .readers import FILE_KINDS
from .records import Article, Report


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    common = common_options()
    parser = argparse.ArgumentParser(prog="python -m index", description="Fill and look after a library of articles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    online = argparse.ArgumentParser(add_help=False)
    meaning = "let this machine and private networks be asked too, for intranets; not for addresses of strangers"
    online.add_argument("--allow-private", action="store_true", help=meaning)

    add = commands.add_parser("add", parents=[common, online], help="add files, folders, and what lies at addresses")
    meaning = f"{', '.join(FILE_KINDS)}, a folder of them, or the address of an article, a feed or a sitemap"
    add.add_argument("sources", nargs="+", metavar="SOURCE", help=meaning)
    for name, meaning in (("include", "only files that match"), ("exclude", "no files that match")):
        meaning = f'of folders {meaning} this: "*.html", "2022/*"; may be given several times'
        add.add_argument(f"--{name}", action="append", default=[], metavar="PATTERN", help=meaning)
    meaning = "what a table or JSON lines call the column of text, title, url, published, author, …; several times"
    add.add_argument("--column", action="append", default=[], metavar="KEY=NAME", type=_column, help=meaning)
    add.set_defaults(command=_add)

    follow = commands.add_parser("follow", parents=[common, online], help="follow an RSS or Atom feed")
    follow.add_argument("url", metavar="URL")
    follow.set_defaults(command=_follow)

    update = commands.add_parser("update", parents=[common, online], help="add what is new in the feeds")
    update.set_defaults(command=_update)

    feeds = commands.add_parser("feeds", parents=[common], help="list the feeds that are followed")
    feeds.set_defaults(command=_feeds)

    unfollow = commands.add_parser("unfollow", parents=[common], help="follow a feed no longer; its articles stay")
    unfollow.add_argument("id", type=int, metavar="ID", help="as `feeds` lists it")
    unfollow.set_defaults(command=_unfollow)

    listing = commands.add_parser("list", parents=[common], help="list the articles, last added first")
    listing.add_argument("matching", nargs="?", default="", help="words of a title, outlet or source")
    listing.set_defaults(command=_list)

    remove = commands.add_parser("remove", parents=[common], help="remove articles by id")
    remove.add_argument("ids", nargs="+", type=int, metavar="ID")
    remove.set_defaults(command=_remove)

    status = commands.add_parser("status", parents=[common], help="say what is in the library")
    status.set_defaults(command=_status)

    check = commands.add_parser("check", parents=[common], help="compare everything with everything")
    check.add_argument("--repair", action="store_true", help="make anew what is derived")
    check.set_defaults(command=_check)

    backup = commands.add_parser("backup", parents=[common], help="copy the library to a file, while it may be in use")
    backup.add_argument("file", metavar="FILE")
    backup.set_defaults(command=_backup)

    options = parser.parse_args(arguments)
    return run(
        options.command,
        options,
        make=options.command in (_add, _follow),
        replace_embedder=options.command is _check and options.repair,
        fetcher=Fetcher(allow_private=True) if getattr(options, "allow_private", False) else None,
    )


def _add(library: Library, options: argparse.Namespace) -> int:
    keys = [key for key, _ in options.column]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(f"--column names {twice!r} twice")
    with ProgressBar() as bar:
        chosen = {"include": options.include, "exclude": options.exclude, "columns": dict(options.column)}
        report = library.add(*options.sources, progress=bar, **chosen)
    return _told(report, options)


def _column(text: str) -> tuple[str, str]:
    key, equals, name = text.partition("=")
    if not (key and equals and name):
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=NAME, as in text=Body")
    return key, name


def _follow(library: Library, options: argparse.Namespace) -> int:
    try:
        with ProgressBar() as bar:
            report = library.follow(options.url, progress=bar)
    except SourceError as error:
        raise SourceError(f"{options.url} can't be followed: {error}") from None
    return _told(report, options)


def _update(library: Library, options: argparse.Namespace) -> int:
    with ProgressBar() as bar:
        report = library.update(progress=bar)
    return _told(report, options)


def _feeds(library: Library, options: argparse.Namespace) -> int:
    feeds = library.feeds()
    if options.json:
        print_json(feeds)
    else:
        for feed in feeds:
            asked = f"asked {feed.checked:%Y-%m-%d %H:%M} UTC" if feed.checked else "not read whole yet"
            print(f"{feed.id:>4}  {feed.title}  ({feed.url}), {feed.failure or asked}")
    return 0


def _unfollow(library: Library, options: argparse.Namespace) -> int:
    library.unfollow(options.id)
    if options.json:
        print_json({"unfollowed": options.id})
    else:
        print(f"feed {options.id} is followed no longer; its articles stay")
    return 0


def _told(report: Report, options: argparse.Namespace) -> int:
    if options.json:
        print_json(report)
    else:
        _print_report(report)
    return 1 if report.failed else 0


def _print_report(report: Report) -> None:
    print(f"added {len(report.added)}, updated {len(report.updated)}, unchanged {len(report.unchanged)}", end="")
    print(f", failed {len(report.failed)}" if report.failed else "")
    for failure in report.failed:
        print(f"failed: {failure.source or repr('')}: {failure.reason}", file=sys.stderr)


def _list(library: Library, options: argparse.Namespace) -> int:
    articles = list(library.articles(options.matching))
    if options.json:
        print_json([_summary(article) for article in articles])
    else:
        for article in articles:
            print(f"{article.id:>6}  {article.published or '          '}  {article.title}  ({article.source})")
    return 0


def _summary(article: Article) -> dict[str, object]:
    return {key: value for key, value in asdict(article).items() if key != "text"}


def _remove(library: Library, options: argparse.Namespace) -> int:
    titles = [library.article(article_id).title for article_id in options.ids]  # all must be there before one goes
    for article_id, title in zip(options.ids, titles, strict=True):
        library.remove(article_id)
        if not options.json:
            print(f"removed {article_id}: {title}")
    if options.json:
        print_json({"removed": options.ids})
    return 0


def _status(library: Library, options: argparse.Namespace) -> int:
    status = library.status()
    if options.json:
        print_json(status)
    else:
        for name, value in asdict(status).items():
            print(f"{name:<11} {value}")
    return 0


def _check(library: Library, options: argparse.Namespace) -> int:
    if options.repair:
        with ProgressBar() as bar:
            library.repair(bar)
    problems = library.check()
    if options.json:
        print_json({"problems": problems})
    else:
        print("\n".join(problems) if problems else "all is well")
    return 1 if problems else 0


def _backup(library: Library, options: argparse.Namespace) -> int:
    library.back_up(options.file)
    if options.json:
        print_json({"file": options.file, "articles": len(library)})
    else:
        print(f"{len(library)} articles are in {options.file}; to use it, put it into an empty directory as library.db")
    return 0


if __name__ == "__main__":
    sys.exit(main())
