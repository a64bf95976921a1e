"""Finding statements in a process of its own, so that searches and answers don't wait for the parser.

The process runs `serve`: it reads one JSON array of texts a line from standard input and writes the statements of
each to standard output. It gives way to everything else, and ends with its parent or when it wasn't asked for a while.
It stays in its parent's session: Linux shares the processor among sessions before it looks at priorities.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .records import Span, Statement

_LOG = logging.getLogger(__name__)
_IDLE_SECONDS = 60.0
_NICE = 19
_ROOT = Path(__file__).parent.parent
# torch isn't needed, but spaCy imports it where it is installed: two seconds and 180 MB.
_COMMAND = (
    "import sys; sys.modules['torch'] = None; sys.path.insert(0, sys.argv[1]); from index.finder import serve; serve()"
)


class FinderStopped(Exception):
    """The process ended in the middle of its work: killed, or out of memory."""


class StatementFinder:
    """The statements of texts, from a process that is started when it is needed. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None

    def find(self, texts: Sequence[str]) -> list[list[Statement]]:
        """The statements of each text, with article id 0. A text in another language than English has none.

        Raises:
            FinderStopped: the process ended before it answered; the next call starts another one.
        """
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            try:
                return [[_statement(values) for values in found] for found in self._ask(texts)]
            except (OSError, ValueError) as error:
                self._stop()
                raise FinderStopped(str(error)) from error
            finally:
                self._idle = threading.Timer(_IDLE_SECONDS, self.close)
                self._idle.daemon = True
                self._idle.start()

    def close(self) -> None:
        """End the process. It is started again when it is needed."""
        with self._lock:
            self._stop()

    def _ask(self, texts: Sequence[str]) -> list[list[dict[str, Any]]]:
        process = self._started()
        if process.stdin is None or process.stdout is None:
            raise OSError("the process for statements has no pipes")
        process.stdin.write(json.dumps(list(texts)).encode() + b"\n")
        process.stdin.flush()
        if not (line := process.stdout.readline()):
            raise OSError(f"the process for statements ended with status {process.wait()}")
        answer: list[list[dict[str, Any]]] = json.loads(line)
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 our own interpreter and code
                [sys.executable, "-c", _COMMAND, str(_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def serve() -> None:
    """Answer requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _give_way()
    # What libraries may print must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # Imported here: the parent needs neither the parser nor the language model.
    import py3langid

    from .attribution import Parser, find_statements
    from .sentences import sentence_spans

    parser = Parser()
    for line in sys.stdin.buffer:
        found = []
        for text in json.loads(line):
            is_english = len(text) < _TELLING or py3langid.classify(text[:_READ].lower())[0] == "en"
            statements = find_statements(0, text, sentence_spans(text), parser) if is_english else []
            found.append([_values(statement) for statement in statements])
        answers.write(json.dumps(found).encode() + b"\n")
        answers.flush()


def _give_way() -> None:
    """Run only while nobody else wants the processor: a nice value alone still costs each answer whole time slices."""
    if hasattr(os, "sched_setscheduler") and hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    elif hasattr(os, "nice"):
        os.nice(_NICE)


_READ = 5_000  # characters by which a language is told
_TELLING = 60  # characters from which it can be told


def _values(statement: Statement) -> dict[str, Any]:
    """A statement as JSON, without what the parent knows."""
    values = dataclasses.asdict(statement)
    values["said"] = [[span.start, span.end] for span in statement.said]
    return values


def _statement(values: dict[str, Any]) -> Statement:
    return Statement(**{**values, "said": tuple(Span(start, end) for start, end in values["said"])})


# One process serves all libraries of this program.
FINDER = StatementFinder()
