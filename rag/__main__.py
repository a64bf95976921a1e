"""python -m rag: ask a library."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from typing import get_args

from index import Library, Period
from index.cli import common_options, print_json, run
from index.settings import Settings

from .answer import Mode
from .assistant import Assistant
from .config import writer_of
from .quotes import Caution, quoted


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    common = common_options()
    parser = argparse.ArgumentParser(prog="python -m rag", description="Ask a library of articles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", parents=[common], help="answer a question with exact quotes")
    ask.add_argument("question")
    cautions = get_args(Caution)
    default = Settings.from_environment(os.environ).caution
    ask.add_argument("--caution", choices=cautions, default=default, help="how sure to be (default: %(default)s)")
    worded = "exact quotes, or worded by the language model of the settings (default: %(default)s)"
    ask.add_argument("--mode", choices=get_args(Mode), default="quotes", help=worded)
    ask.set_defaults(command=_ask)

    search = commands.add_parser("search", parents=[common], help="find passages")
    search.add_argument("query")
    search.add_argument("-k", type=int, default=10, help="at most that many passages (default: %(default)s)")
    search.set_defaults(command=_search)

    chosen = _options_of_choice()
    statements = commands.add_parser("statements", parents=[common, chosen], help="list what somebody said")
    statements.add_argument("speaker", nargs="?", help="whose statements; everybody's if left out")
    statements.add_argument("--about", metavar="TOPIC", help="only those about this, nearest first")
    statements.set_defaults(command=_statements)

    speakers = commands.add_parser("speakers", parents=[common, chosen], help="list who speaks")
    speakers.add_argument("matching", nargs="?", default="", help="only names that contain this")
    speakers.set_defaults(command=_speakers)

    options = parser.parse_args(arguments)
    return run(options.command, options)


def _ask(library: Library, options: argparse.Namespace) -> int:
    writer = writer_of(library, Settings.from_environment(os.environ)) if options.mode == "written" else None
    answer = Assistant(library, options.caution, writer).ask(options.question, mode=options.mode)
    if options.json:
        print_json(answer)
        return 0
    print(answer.text)
    for citation in answer.citations:
        article = library.article(citation.article_id)
        print(
            f"\n[{citation.marker}] {article.title}\n    {article.source}, characters {citation.start}–{citation.end}"
        )
        if answer.mode == "written":
            print(f"    {quoted(citation.quote)}")
    for sentence in answer.unsupported:
        print(f"\nnot found in the articles: {sentence.text}\n    {sentence.reason}")
    for hit in answer.hits[:3] if answer.abstained else ():
        print(f"\n{library.article(hit.passage.article_id).title}\n    {hit.passage.text}")
    return 0


def _search(library: Library, options: argparse.Namespace) -> int:
    hits = Assistant(library).search(options.query, k=options.k)
    if options.json:
        print_json(hits)
        return 0
    for hit in hits:
        print(f"{hit.score:.3f}  {library.article(hit.passage.article_id).title}\n{hit.passage.text}\n")
    return 0


def _statements(library: Library, options: argparse.Namespace) -> int:
    statements, total = Assistant(library).page_of_statements(
        options.speaker,
        options.about,
        publisher=options.publisher,
        since=options.since,
        until=options.until,
        limit=options.limit,
        offset=options.offset,
    )
    if options.json:
        print_json(statements)
        return 0
    articles = library.articles_by_id({statement.article_id for statement in statements})
    for statement in statements:
        article = articles[statement.article_id]
        day = article.published.isoformat() if article.published else None
        origin = ", ".join(part for part in (article.publisher, day) if part)
        role = f" ({statement.role})" if statement.role else ""
        print(f"{statement.speaker}{role}, {origin or article.title}:\n    {statement.text}\n")
    print(_count(len(statements), options.offset, total, "statements"))
    return 0


def _speakers(library: Library, options: argparse.Namespace) -> int:
    found = library.speakers(options.matching, options.publisher, Period(options.since, options.until))
    page = found[options.offset : None if options.limit is None else options.offset + options.limit]
    if options.json:
        print_json(page)
        return 0
    for speaker in page:
        role = f" ({speaker.roles[0]})" if speaker.roles else ""
        print(f"{speaker.statements:6}  {speaker.name}{role}")
    print(_count(len(page), options.offset, len(found), "speakers"))
    return 0


def _options_of_choice() -> argparse.ArgumentParser:
    """Options that choose articles, and a page of what is found."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--publisher", metavar="OUTLET", help="only outlets whose name contains this")
    options.add_argument("--since", type=_day, metavar="DAY", help="only articles of this day or later, as 2022-12-31")
    options.add_argument("--until", type=_day, metavar="DAY", help="only articles of this day or before")
    options.add_argument("--limit", type=_number, metavar="N", help="at most that many")
    options.add_argument("--offset", type=_number, default=0, metavar="N", help="how many to pass over")
    return options


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2022-12-31") from None


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 0 or more")
    return int(text)


def _count(shown: int, offset: int, total: int, noun: str) -> str:
    if shown == total:
        return f"{total:,} {noun if total != 1 else noun[:-1]}"
    return f"{noun} {offset + 1:,} to {offset + shown:,} of {total:,}" if shown else f"none of {total:,} {noun} is left"


if __name__ == "__main__":
    sys.exit(main())
