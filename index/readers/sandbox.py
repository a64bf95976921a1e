"""Reading pages and documents in a process of its own: a bad file may hold, fill or end it, and nothing else."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..errors import SourceError
from ..records import Failure
from ..workers import WorkerProcess, WorkerStopped, answer_requests
from .base import Listed, RawArticle, why_not
from .registry import Found

MAX_SECONDS = 60.0  # for an article
MAX_MEMORY = 1_500_000_000  # bytes, beyond what the process takes by itself

_PARSER = WorkerProcess("index.readers.sandbox")


def parse(path: Path, url: str | None = None) -> Iterator[Found]:
    """The articles in a file of a kind that is read apart, or of what was fetched from `url`.

    Raises:
        SourceError: the file can't be read: it is damaged, too large, takes too long, or holds no article.
    """
    reason = ""
    try:
        for answer in _PARSER.ask([str(path), url], MAX_SECONDS):
            match answer:
                case {"error": str(reason)}:
                    pass  # raised once the answer is whole: the process goes on
                case {"failure": [str(place), str(why)]}:
                    yield Failure(place, why)
                case {"article": dict(values)}:
                    yield RawArticle(**values)
                case {"listed": dict(values)}:
                    yield Listed(**values)
    except WorkerStopped as error:
        raise SourceError(f"it can't be read: {error}") from error
    if reason:
        raise SourceError(reason)


def serve() -> None:
    """Answer requests until standard input ends."""
    answer_requests(_prepared)


def _prepared() -> Callable[[tuple[str, str | None]], Iterator[dict[str, Any]]]:
    # Imported here: the parent doesn't need the libraries.
    from .isolated import read_isolated

    _limit_memory()

    def answer(request: tuple[str, str | None]) -> Iterator[dict[str, Any]]:
        path, url = request
        try:
            _limit_processor()
            for found in read_isolated(Path(path), url):
                _limit_processor()
                if isinstance(found, Failure):
                    yield {"failure": [found.source, found.reason]}
                elif isinstance(found, Listed):
                    yield {"listed": dataclasses.asdict(found)}
                else:
                    yield {"article": dataclasses.asdict(found)}
        except Exception as error:  # noqa: BLE001 told to the parent
            yield {"error": why_not(error)}

    return answer


def _limit_memory() -> None:
    """Where the system can do that."""
    sizes = Path("/proc/self/statm")
    if not sizes.exists():
        return
    import resource  # not everywhere

    taken = int(sizes.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MAX_MEMORY, taken + MAX_MEMORY))


def _limit_processor() -> None:
    """From here on so many seconds: the parent's clock ends the process sooner, but the parent may be gone."""
    if os.name == "posix":
        import resource  # not everywhere

        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime + MAX_SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
