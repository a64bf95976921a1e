"""Finding statements in a process of its own, so that searches and answers don't wait for the parser.

The process gives way to everything else. It stays in its parent's session: Linux shares the processor among sessions
before it looks at priorities.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..records import Span, Statement
from ..workers import WorkerProcess, answer_requests

_NICE = 19


class StatementWorker:
    """The statements of texts, from a process that is started when it is needed. Safe to use from several threads."""

    def __init__(self) -> None:
        self._process = WorkerProcess("index.statements.worker")

    def find(self, texts: Sequence[str]) -> list[list[Statement]]:
        """The statements of each text, with article id 0. A text in another language than English has none.

        Raises:
            HelperStopped: the process ended before it answered; the next call starts another one.
        """
        return [[_statement(values) for values in found] for found in self._process.ask(list(texts))]

    def close(self) -> None:
        """End the process. It is started again when it is needed."""
        self._process.close()


def serve() -> None:
    """Answer requests until standard input ends."""
    _give_way()
    answer_requests(_prepared)


def _prepared() -> Callable[[list[str]], Iterator[list[dict[str, Any]]]]:
    # Imported here: the parent needs neither the parser nor the language model.
    from ..chunking import sentence_spans
    from ..text import language_of
    from .parser import Parser
    from .statements import find_statements

    parser = Parser()

    def found(texts: list[str]) -> Iterator[list[dict[str, Any]]]:
        for text in texts:
            is_english = language_of(text) in (None, "en")
            statements = find_statements(0, text, sentence_spans(text), parser) if is_english else []
            yield [_values(statement) for statement in statements]

    return found


def _give_way() -> None:
    """Run only while nobody else wants the processor: a nice value alone still costs each answer whole time slices."""
    if hasattr(os, "sched_setscheduler") and hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    elif hasattr(os, "nice"):
        os.nice(_NICE)


def _values(statement: Statement) -> dict[str, Any]:
    """A statement as JSON, without what the parent knows."""
    values = dataclasses.asdict(statement)
    values["content"] = [[span.start, span.end] for span in statement.content]
    return values


def _statement(values: dict[str, Any]) -> Statement:
    return Statement(**{**values, "content": tuple(Span(start, end) for start, end in values["content"])})


# One process serves all libraries of this program.
STATEMENT_WORKER = StatementWorker()
