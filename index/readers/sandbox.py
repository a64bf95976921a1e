"""Read files in a worker process: a malformed one may block or crash the parser, but not the program."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..errors import ColumnNotFound, SourceError
from ..records import Failure, Skipped
from ..workers import Limits, WorkerProcess, WorkerStopped, answer_requests
from .base import ListEntry, RawArticle, UnusedKeys, failure_reason
from .registry import FileKind, ReaderItem, load_readers

MAX_SECONDS = 60.0  # for each article
MAX_FILE_SECONDS = 120.0  # for all articles of a file, except a table, whose rows are as fast to read as it is large
MAX_MEMORY = 1_500_000_000  # bytes, in addition to those of the idle process

_Request = tuple[str, str | None, Mapping[str, str]]  # path, URL and columns, as for `read_file`

_PROCESS = WorkerProcess("index.readers.sandbox")


def read_file(
    path: Path,
    url: str | None = None,
    columns: Mapping[str, str] | None = None,
    stop: threading.Event | None = None,
) -> Iterator[ReaderItem]:
    """Read the articles in a file.

    Args:
        path: the file.
        url: where the file was fetched from; such a file may also list other URLs.
        columns: the names of the columns of a table, or of the keys of JSON lines, by metadata key.
        stop: ends the reading when it is set.

    Raises:
        SourceError: the file isn't supported, is damaged, too large, takes too long, or contains no article. The
            articles before a damaged or slow part are yielded first.
    """
    failure: SourceError | None = None
    count, last = 0, ""
    try:
        is_table = FileKind.of(path).takes_columns
        limits = Limits(MAX_SECONDS, math.inf if is_table else MAX_FILE_SECONDS, stop)
        with _PROCESS.request([str(path), url, dict(columns or {})], limits) as answers:
            for answer in answers:
                match answer:
                    case {"error": str(reason)}:  # raised after the last answer, so that the process is kept
                        failure = SourceError(reason)
                    case {"column": [str(field), list(names), list(header)]}:
                        failure = ColumnNotFound(field, names, header)
                    case {"failure": [str(source), str(reason)]}:
                        yield Failure(source, reason)
                    case {"skipped": [str(source), str(reason)]}:
                        yield Skipped(source, reason)
                    case {"unused": list(names)}:
                        yield UnusedKeys(tuple(map(str, names)))
                    case {"entry": dict(values)}:
                        yield ListEntry(**values)
                    case {"article": dict(values)}:
                        article = RawArticle(**values)
                        count, last = count + 1, f"{article.unit} {article.part}"
                        yield article
    except WorkerStopped as error:
        raise SourceError(_stopped(str(error), count, last)) from error
    if failure is not None:
        raise failure


def _stopped(reason: str, count: int, last: str) -> str:
    if not count:
        return f"the file can't be read: {reason}"
    articles = "1 article was read" if count == 1 else f"{count:,} articles were read"
    remedy = "add the file again to continue, or split it"
    return f"the rest of the file wasn't read: {reason}; {articles}, the last from {last[:100]}; {remedy}"


def serve() -> None:
    """Answer requests until standard input ends."""
    answer_requests(_prepare)


def _prepare() -> Callable[[_Request], Iterator[dict[str, Any]]]:
    return _answer


def _answer(request: _Request) -> Iterator[dict[str, Any]]:
    path, url, columns = request
    try:
        _limit_cpu_time()
        kind = FileKind.of(path)
        _load_libraries(kind)
        for item in kind.read(Path(path), url, columns):
            _limit_cpu_time()
            yield _encode(item)
    except ColumnNotFound as error:
        yield {"column": [error.field, error.names, error.columns]}
    except Exception as error:  # noqa: BLE001 reported to the main process
        yield {"error": failure_reason(error)}


def _encode(item: ReaderItem) -> dict[str, Any]:
    match item:
        case Failure():
            return {"failure": [item.source, item.reason]}
        case Skipped():
            return {"skipped": [item.source, item.reason]}
        case UnusedKeys():
            return {"unused": item.names}
        case ListEntry():
            return {"entry": {field.name: getattr(item, field.name) for field in fields(item)}}
        case RawArticle():
            return {"article": {field.name: getattr(item, field.name) for field in fields(item)}}


def _load_libraries(kind: FileKind) -> None:
    """Import what reads this kind of file, and limit the address space of this process, on Linux, to that and more."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return
    import resource  # not on Windows

    def used() -> int:
        return int(statm.read_text().split()[0]) * resource.getpagesize()

    limit, most = resource.getrlimit(resource.RLIMIT_AS)
    free = MAX_MEMORY if limit == most else limit - used()
    load_readers() if kind.is_archive else kind.load_reader()
    resource.setrlimit(resource.RLIMIT_AS, (used() + free, most))


def _limit_cpu_time() -> None:
    """Limit the CPU time from now on. The main process's timeout is earlier, but that process may be gone."""
    if os.name == "posix":
        import resource  # not on Windows

        usage = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(usage.ru_utime + usage.ru_stime + MAX_SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
