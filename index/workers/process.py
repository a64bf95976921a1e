"""A Python process beside this one: for work that takes long, or that may end badly.

It answers one request at a time, each a line of JSON, with lines of JSON and a blank one. It ends with its parent, or
when it wasn't asked for a while.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

_IDLE_SECONDS = 60.0
_ROOT = Path(__file__).parents[2]
# torch isn't needed, but spaCy imports it where it is installed: two seconds and 180 MB. Ctrl-C is for the parent.
_COMMAND = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.modules['torch'] = None;"
    " sys.path.insert(0, sys.argv[1]); from {module} import serve; serve()"
)


class WorkerStopped(Exception):
    """The process ended in the middle of its work: killed, out of memory, or out of time."""


class WorkerProcess:
    """Runs `serve` of a module; started when it is needed. Safe to use from several threads."""

    def __init__(self, module: str) -> None:
        self._command = [sys.executable, "-c", _COMMAND.format(module=module), str(_ROOT)]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None

    def ask(self, request: Any, seconds: float | None = None) -> Iterator[Any]:
        """The values that the process answers, as they come; `seconds` is the limit for each.

        Raises:
            HelperStopped: the process ended before its answer was whole; the next call starts another one.
        """
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            is_whole = False
            try:
                process = self._started()
                _send(process, request)
                while line := _line(process, seconds):
                    if line == b"\n":
                        is_whole = True
                        return
                    yield json.loads(line)
                raise WorkerStopped(_why(process.wait(), seconds))
            except (OSError, ValueError) as error:
                raise WorkerStopped(str(error)) from error
            finally:
                if not is_whole:
                    self._stop()
                self._idle = threading.Timer(_IDLE_SECONDS, self.close)
                self._idle.daemon = True
                self._idle.start()

    def close(self) -> None:
        """End the process. It is started again when it is needed."""
        with self._lock:
            self._stop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 our own interpreter and code
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def answer_requests(prepare: Callable[[], Callable[[Any], Iterable[Any]]]) -> None:
    """The process's side: answer what comes on standard input until that ends, by the function that `prepare` gives."""
    # What libraries may print, when they are imported too, must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    answer = prepare()
    for line in sys.stdin.buffer:
        for value in answer(json.loads(line)):
            answers.write(json.dumps(value).encode() + b"\n")
            answers.flush()
        answers.write(b"\n")
        answers.flush()


def _send(process: subprocess.Popen[bytes], request: Any) -> None:
    if process.stdin is None:
        raise OSError("the process has no standard input")
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()


def _line(process: subprocess.Popen[bytes], seconds: float | None) -> bytes:
    """The next line that the process writes; empty where it ends, or is ended after so many seconds."""
    if process.stdout is None:
        raise OSError("the process has no standard output")
    if seconds is None:
        return process.stdout.readline()
    late = threading.Timer(seconds, process.kill)
    late.daemon = True
    late.start()
    try:
        return process.stdout.readline()
    finally:
        late.cancel()


def _why(status: int, seconds: float | None) -> str:
    if status == -signal.SIGKILL and seconds is not None:
        return f"it took longer than {seconds:.0f} seconds, or too much memory"
    return f"the process ended with status {status}"
