"""Find statements in a separate process, so that searches and answers don't wait for the parser.

The process has the lowest priority. It stays in its parent's session, because Linux divides CPU time between sessions
before it considers priorities.
"""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..cleaning import ComposedText
from ..records import Span, Statement
from ..workers import Limits, WorkerProcess, answer_requests

_LOWEST_PRIORITY = 19  # nice value


class StatementWorker:
    """Finds statements in a process that is started on demand. Thread-safe."""

    def __init__(self) -> None:
        self._process = WorkerProcess("index.statements.worker")

    def find(self, texts: Sequence[str], stop: threading.Event | None = None) -> list[list[Statement]]:
        """Return the statements in each text, with article id 0; none for a text that isn't in English.

        Raises:
            WorkerStopped: the process ended before it answered, or `stop` was set; the next call starts a new one.
        """
        with self._process.request(list(texts), Limits(stop=stop)) as answers:
            return [[_from_json(values) for values in answer] for answer in answers]

    def close(self) -> None:
        """End the process; the next call of `find` starts it again."""
        self._process.close()


def serve() -> None:
    """Answer requests until standard input ends."""
    _lower_priority()
    answer_requests(_load_finder)


def _load_finder() -> Callable[[list[str]], Iterator[list[dict[str, Any]]]]:
    # The parent process needs neither the parser nor the language model.
    from ..chunking import sentence_spans
    from ..text import detect_language
    from .parser import Parser
    from .statements import find_statements

    parser = Parser()

    def find_all(texts: list[str]) -> Iterator[list[dict[str, Any]]]:
        for text in texts:
            composed = ComposedText.of(text)
            is_english = detect_language(composed.text) in (None, "en")
            sentences = sentence_spans(composed.text) if is_english else []
            statements = find_statements(0, composed.text, sentences, parser)
            yield [_to_json(_in_source(statement, composed)) for statement in statements]

    return find_all


def _in_source(statement: Statement, composed: ComposedText) -> Statement:
    """Return a statement of a composed text with its place and words in the article."""
    span = composed.source_span(Span(statement.start, statement.end))
    content = tuple(composed.source_span(part) for part in statement.content)
    return dataclasses.replace(
        statement, text=span.of(composed.source), start=span.start, end=span.end, content=content
    )


def _lower_priority() -> None:
    """Run only while the CPU is idle: with a nice value alone, the process would still delay answers by time slices."""
    if hasattr(os, "sched_setscheduler") and hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    elif hasattr(os, "nice"):
        os.nice(_LOWEST_PRIORITY)


def _to_json(statement: Statement) -> dict[str, Any]:
    """Convert a statement to values of JSON."""
    values = dataclasses.asdict(statement)
    values["content"] = [[span.start, span.end] for span in statement.content]
    return values


def _from_json(values: dict[str, Any]) -> Statement:
    return Statement(**{**values, "content": tuple(Span(start, end) for start, end in values["content"])})


# One process for all libraries of this program.
STATEMENT_WORKER = StatementWorker()
