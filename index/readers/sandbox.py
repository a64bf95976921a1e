"""Read untrusted files in a worker process: a malformed file may block or crash the parser, but not the program."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import SourceError
from ..records import Failure
from ..workers import WorkerProcess, WorkerStopped, answer_requests
from .base import ListEntry, RawArticle, failure_reason
from .registry import FileKind, ReaderItem, load_readers

MAX_SECONDS = 60.0  # for each article
MAX_MEMORY = 1_500_000_000  # bytes, in addition to those of the idle process

_PROCESS = WorkerProcess("index.readers.sandbox")


def read_file(
    path: Path, url: str | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[RawArticle | ListEntry | Failure]:
    """Read the articles in a file.

    Args:
        path: the file.
        url: where the file was fetched from; such a file is untrusted, and may also list other URLs.
        columns: the names of the columns of a table, or of the keys of JSON lines, by metadata key.

    Raises:
        SourceError: the file isn't supported, is damaged, too large, takes too long, or contains no article.
    """
    kind = FileKind.of(path, is_fetched=bool(url))
    if url or kind.is_isolated:
        return _read_in_sandbox(path, url)
    return kind.read(path, columns=columns)


def _read_in_sandbox(path: Path, url: str | None) -> Iterator[ReaderItem]:
    reason = ""
    try:
        with _PROCESS.request([str(path), url], MAX_SECONDS) as answers:
            for answer in answers:
                match answer:
                    case {"error": str(reason)}:
                        pass  # raised after the last answer, so that the process is kept
                    case {"failure": [str(source), str(why)]}:
                        yield Failure(source, why)
                    case {"article": dict(values)}:
                        yield RawArticle(**values)
                    case {"entry": dict(values)}:
                        yield ListEntry(**values)
    except WorkerStopped as error:
        raise SourceError(f"the file can't be read: {error}") from error
    if reason:
        raise SourceError(reason)


def serve() -> None:
    """Answer requests until standard input ends."""
    answer_requests(_prepare)


def _prepare() -> Callable[[tuple[str, str | None]], Iterator[dict[str, Any]]]:
    load_readers()  # first, so that the memory of the libraries doesn't count
    _limit_memory()
    return _answer


def _answer(request: tuple[str, str | None]) -> Iterator[dict[str, Any]]:
    path, url = request
    try:
        _limit_cpu_time()
        for item in FileKind.of(path, is_fetched=bool(url)).read(Path(path), url):
            _limit_cpu_time()
            if isinstance(item, Failure):
                yield {"failure": [item.source, item.reason]}
            elif isinstance(item, ListEntry):
                yield {"entry": dataclasses.asdict(item)}
            else:
                yield {"article": dataclasses.asdict(item)}
    except Exception as error:  # noqa: BLE001 reported to the main process
        yield {"error": failure_reason(error)}


def _limit_memory() -> None:
    """Limit the address space of this process, on Linux."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return
    import resource  # not on Windows

    used = int(statm.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MAX_MEMORY, used + MAX_MEMORY))


def _limit_cpu_time() -> None:
    """Limit the CPU time from now on. The main process's timeout is earlier, but that process may be gone."""
    if os.name == "posix":
        import resource  # not on Windows

        usage = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(usage.ru_utime + usage.ru_stime + MAX_SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
