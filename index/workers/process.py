"""A worker process for work that takes long or may crash.

Requests and answers are lines of JSON on its standard input and output; an empty line ends the answers to a request.
It handles one request at a time, and ends with its parent or after a minute without a request.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from .watch import NO_LIMITS, POLL_SECONDS, Limits, Watch

_IDLE_SECONDS = 60.0
_ROOT = Path(__file__).parents[2]
# spaCy would import torch if it is installed, which takes two seconds and 180 MB and isn't needed. Ctrl-C is handled by
# the parent.
_COMMAND = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.modules['torch'] = None;"
    " sys.path.insert(0, sys.argv[1]); from {module} import serve; serve()"
)


class WorkerStopped(Exception):
    """The worker process ended before it had answered: it crashed, ran out of memory, or exceeded the time limit."""


class WorkerProcess:
    """Runs the function `serve` of a module in a process, started on demand. Safe to use from several threads."""

    def __init__(self, module: str) -> None:
        self._command = [sys.executable, "-c", _COMMAND.format(module=module), str(_ROOT)]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle_timer: threading.Timer | None = None
        self._is_answered = False

    @contextmanager
    def request(self, request: Any, limits: Limits = NO_LIMITS) -> Iterator[Iterator[Any]]:
        """Send a request; the context's value iterates over the answers as they arrive.

        The process is reserved for this request within the context: other threads wait. If the context is left before
        all answers are read, or a limit is exceeded, the process is killed, and the next request starts another one.

        Args:
            request: a value that JSON can represent.
            limits: the time limits, and the event that stops the request.

        Raises:
            WorkerStopped: the process ended before it had answered, or the request was stopped.
        """
        self._acquire(limits.stop)
        try:
            if self._idle_timer is not None:
                self._idle_timer.cancel()
            self._is_answered = False
            try:
                with closing(self._answers(request, limits)) as answers:
                    yield answers
            finally:
                if not self._is_answered:
                    self._kill()
                self._idle_timer = threading.Timer(_IDLE_SECONDS, self.close)
                self._idle_timer.daemon = True
                self._idle_timer.start()
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process. The next request starts another one."""
        with self._lock:
            self._kill()

    def _acquire(self, stop: threading.Event | None) -> None:
        """Reserve the process, unless `stop` is set before it is free."""
        while not self._lock.acquire(timeout=POLL_SECONDS):
            if stop is not None and stop.is_set():
                raise WorkerStopped("it was stopped")

    def _answers(self, request: Any, limits: Limits) -> Generator[Any, None, None]:
        process = self._running_process()
        with Watch(limits, process.kill) as watch:
            try:
                _send(process, request)
                while (line := watch.waiting(lambda: _read_line(process))).endswith(b"\n"):
                    if line == b"\n":
                        self._is_answered = True
                        return
                    yield json.loads(line)
            except (OSError, ValueError) as error:
                raise WorkerStopped(watch.reason or str(error)) from error
            raise WorkerStopped(watch.reason or _exit_reason(process.wait()))

    def _running_process(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            try:
                self._process = subprocess.Popen(  # noqa: S603 our own interpreter and code
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
            except OSError as error:
                raise WorkerStopped(str(error)) from error
        return self._process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def answer_requests(prepare: Callable[[], Callable[[Any], Iterable[Any]]]) -> None:
    """Run the worker's side: answer the requests on standard input with the function that `prepare` returns."""
    # Anything that libraries print, even on import, must not get between the answers.
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
        raise OSError("the worker process has no standard input")
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()


def _read_line(process: subprocess.Popen[bytes]) -> bytes:
    """Read the next line; b"" if the process ended."""
    if process.stdout is None:
        raise OSError("the worker process has no standard output")
    return process.stdout.readline()


def _exit_reason(status: int) -> str:
    if status == -signal.SIGKILL:
        return "the worker process was killed; it may have needed too much memory"
    return f"the worker process ended with status {status}"
