"""python -m rag: ask questions about a library."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, get_args

from index import Library
from index.cli import common_options, echo, filter_options, print_json, run, where_of
from index.settings import Settings

from .answer import Answer, Mode
from .assistant import Assistant
from .config import build_writer
from .counts import By, Counts, counts_csv
from .export import (
    Exchange,
    export_answer,
    references_of,
    statement_rows,
    to_bibtex,
    to_csl,
    to_markdown,
    to_ris,
    to_text,
)
from .quotes import Caution, quoted
from .reading import OptionalReader

_FORMATS: dict[str, Callable[[Sequence[Exchange]], str]] = {
    "md": to_markdown,
    "text": to_text,
    "csl": lambda exchanges: to_csl(references_of(exchanges)),
    "bibtex": lambda exchanges: to_bibtex(references_of(exchanges)),
    "ris": lambda exchanges: to_ris(references_of(exchanges)).replace("\r\n", "\n"),
}
_MAX_RELATED = 3  # passages printed if there is no answer


Commands = Any  # argparse's type of what `add_subparsers` returns is private


def main(arguments: Sequence[str] | None = None, prog: str = "python -m rag") -> int:
    """Run one command. Returns the exit status. `prog` is the program's name in usage messages."""
    parser = argparse.ArgumentParser(prog=prog, description="Ask questions about a library of articles.")
    add_commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


def add_commands(commands: Commands) -> None:
    """Add the commands that ask a library to a parser. Each sets `run`, a function of the parsed options."""
    common, filters, page = common_options(), filter_options(), _page_options()

    ask = commands.add_parser("ask", parents=[common, filters], help="answer a question with exact quotes")
    ask.add_argument("question")
    meaning = "abstention threshold (default: $ARTICLES_CAUTION, or balanced)"
    ask.add_argument("--caution", choices=get_args(Caution), help=meaning)
    meaning = "exact quotes, or an answer written by the configured language model (default: %(default)s)"
    ask.add_argument("--mode", choices=get_args(Mode), default="quotes", help=meaning)
    meaning = "print the answer as Markdown or plain text, with the origin of each quote, or its sources as references"
    ask.add_argument("--format", choices=_FORMATS, help=meaning)
    ask.set_defaults(run=partial(run, _ask))

    search = commands.add_parser("search", parents=[common, filters], help="search for passages")
    search.add_argument("query")
    search.add_argument("-k", type=int, default=10, help="maximum number of passages (default: %(default)s)")
    search.set_defaults(run=partial(run, _search))

    statements = commands.add_parser("statements", parents=[common, filters, page], help="list statements")
    statements.add_argument("speaker", nargs="?", help="name of the speaker (default: all speakers)")
    statements.add_argument("--about", metavar="TOPIC", help="only statements about this topic, most relevant first")
    statements.add_argument("--csv", action="store_true", help="print a CSV table")
    statements.set_defaults(run=partial(run, _statements))

    speakers = commands.add_parser("speakers", parents=[common, filters, page], help="list speakers")
    speakers.add_argument("matching", nargs="?", default="", help="only names that contain this")
    speakers.set_defaults(run=partial(run, _speakers))

    meaning = "count articles or statements over time or by outlet"
    own = filter_options()  # resolving the conflict takes --speaker out of these, so they aren't shared
    counts = commands.add_parser("counts", parents=[common, own], help=meaning, conflict_handler="resolve")
    counts.add_argument("query", nargs="?", help="count the articles with all these words (default: all articles)")
    counts.add_argument("--speaker", metavar="NAME", help="count the statements of a speaker instead")
    counts.add_argument("--by", choices=get_args(By), default="month", help="(default: %(default)s)")
    counts.add_argument("--publisher", metavar="OUTLET", help="only outlets whose name contains this")
    counts.add_argument("--csv", action="store_true", help="print CSV")
    counts.set_defaults(run=partial(run, _counts), speakers=[])


def _ask(library: Library, options: argparse.Namespace, settings: Settings) -> int:
    writer = build_writer(library, settings) if options.mode == "written" else None
    reader = OptionalReader(settings.reader)
    assistant = Assistant(library, options.caution or settings.caution, writer, reader)
    answer = assistant.ask(options.question, mode=options.mode, where=where_of(options))
    if options.json:
        print_json(answer)
    elif options.format:
        echo(_FORMATS[options.format]([export_answer(library, answer)]).rstrip())
    else:
        _print_answer(library, answer)
    return 0


def _print_answer(library: Library, answer: Answer) -> None:
    if answer.short_answer:
        echo(f"{answer.short_answer}\n")
    echo(answer.text)
    for citation in answer.citations:
        article = library.article(citation.article_id)
        position = f"characters {citation.start}–{citation.end}"
        echo(f"\n[{citation.marker}] {article.title}\n    {article.source}, {position}")
        if answer.mode == "written":
            echo(f"    {quoted(citation.quote)}")
    for sentence in answer.unsupported:
        echo(f"\nNot found in the articles: {sentence.text}\n    {sentence.reason}")
    if answer.abstained and answer.hits:
        echo("\nRelated passages:")
        for hit in answer.hits[:_MAX_RELATED]:
            echo(f"\n{library.article(hit.passage.article_id).title}\n    {hit.passage.text}")


def _search(library: Library, options: argparse.Namespace, _: Settings) -> int:
    hits = Assistant(library).search(options.query, k=options.k, where=where_of(options))
    if options.json:
        print_json(hits)
        return 0
    for hit in hits:
        echo(f"{hit.score:.3f}  {library.article(hit.passage.article_id).title}\n{hit.passage.text}\n")
    return 0


def _statements(library: Library, options: argparse.Namespace, _: Settings) -> int:
    statements, total = Assistant(library).page_of_statements(
        options.speaker,
        options.about,
        publisher=options.publisher,
        limit=options.limit,
        offset=options.offset,
        where=where_of(options),
    )
    if options.json:
        print_json(statements)
        return 0
    articles = library.catalog.by_id({statement.article_id for statement in statements})
    if options.csv:
        echo("".join(statement_rows([(statements, articles)])).replace("\r\n", "\n").rstrip("\n"))
        return 0
    for statement in statements:
        article = articles[statement.article_id]
        day = article.published.isoformat() if article.published else None
        origin = ", ".join(part for part in (article.publisher, day) if part)
        role = f" ({statement.role})" if statement.role else ""
        echo(f"{statement.speaker}{role}, {origin or article.title}:\n    {statement.text}\n")
    echo(_count(len(statements), options.offset, total, "statement"))
    return 0


def _speakers(library: Library, options: argparse.Namespace, _: Settings) -> int:
    within = library.select(where_of(options), publisher=options.publisher)
    speakers = library.speech.speakers(options.matching, within=within)
    page = speakers[options.offset : None if options.limit is None else options.offset + options.limit]
    if options.json:
        print_json(page)
        return 0
    for speaker in page:
        role = f" ({speaker.roles[0]})" if speaker.roles else ""
        echo(f"{speaker.statements:6}  {speaker.name}{role}")
    echo(_count(len(page), options.offset, len(speakers), "speaker"))
    return 0


def _counts(library: Library, options: argparse.Namespace, _: Settings) -> int:
    counts = Assistant(library).counts(
        options.query,
        speaker=options.speaker,
        by=options.by,
        publisher=options.publisher,
        where=where_of(options),
    )
    if options.json:
        print_json(counts)
    elif options.csv:
        echo(counts_csv(counts).rstrip().replace("\r\n", "\n"))
    else:
        _print_counts(counts)
    return 0


def _print_counts(counts: Counts) -> None:
    for one in counts.counts:
        echo(f"{one.count:6}  {one.key}")
    if counts.missing:
        echo(f"{counts.missing:6}  without {'an outlet' if counts.by == 'publisher' else 'a date'}")
    echo(f"{counts.total:6}  {counts.unit} in all")


def _page_options() -> argparse.ArgumentParser:
    """Options that select outlets by a part of their name, and a page of results."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--publisher", metavar="OUTLET", help="only outlets whose name contains this")
    options.add_argument("--limit", type=_number, metavar="N", help="maximum number of results")
    options.add_argument("--offset", type=_number, default=0, metavar="N", help="number of results to skip")
    return options


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 0 or more")
    return int(text)


def _count(shown: int, offset: int, total: int, noun: str) -> str:
    results = f"{total:,} {noun}{'' if total == 1 else 's'}"
    if shown == total:
        return results
    if not shown:
        return f"No more results: {results} in all"
    return f"Showing {offset + 1:,} to {offset + shown:,} of {results}"


if __name__ == "__main__":
    sys.exit(main())
