"""python -m rag: ask a library."""

from __future__ import annotations

import argparse
import sys

from index import Library
from index.console import common_options, print_json, run

from .assistant import Assistant


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    common = common_options()
    parser = argparse.ArgumentParser(prog="python -m rag", description="Ask a library of articles.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", parents=[common], help="answer a question with exact quotes")
    ask.add_argument("question")
    ask.set_defaults(command=_ask)

    search = commands.add_parser("search", parents=[common], help="find passages")
    search.add_argument("query")
    search.add_argument("-k", type=int, default=10, help="at most that many passages (default: %(default)s)")
    search.set_defaults(command=_search)

    statements = commands.add_parser("statements", parents=[common], help="list what somebody said")
    statements.add_argument("speaker", nargs="?", help="whose statements; everybody's if left out")
    statements.add_argument("--about", metavar="TOPIC", help="only those about this, nearest first")
    statements.set_defaults(command=_statements)

    options = parser.parse_args(arguments)
    return run(options.command, options)


def _ask(library: Library, options: argparse.Namespace) -> int:
    answer = Assistant(library).ask(options.question)
    if options.json:
        print_json(answer)
        return 0
    print(answer.text)
    for citation in answer.citations:
        article = library.article(citation.article_id)
        print(
            f"\n[{citation.marker}] {article.title}\n    {article.source}, characters {citation.start}–{citation.end}"
        )
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
    statements = Assistant(library).statements(options.speaker, options.about)
    if options.json:
        print_json(statements)
        return 0
    for statement in statements:
        print(f"{statement.speaker} ({statement.cue}): {statement.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
