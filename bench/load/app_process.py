"""The app in a process of its own, over a new library, with a network in which no host exists."""

from __future__ import annotations

import multiprocessing
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "articles"


@dataclass(frozen=True)
class AppProcess:
    """A running app."""

    url: str
    pid: int

    def memory_mb(self) -> float:
        """The resident memory of the process."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def handles(self) -> int:
        """The open files and connections of the process."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def threads(self) -> int:
        """The threads of the process."""
        return len(list(Path(f"/proc/{self.pid}/task").iterdir()))


@contextmanager
def running_app() -> Iterator[AppProcess]:
    """Start the app and wait until it is ready."""
    with tempfile.TemporaryDirectory() as directory:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(directory, port), daemon=False)
        process.start()
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(url, process)
            yield AppProcess(url, process.pid or 0)
        finally:
            process.terminate()
            process.join(15)
            process.kill()


def _wait_until_ready(url: str, process: multiprocessing.process.BaseProcess) -> None:
    while process.is_alive():
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the app didn't start")


def _serve(directory: str, port: int) -> None:
    import logging

    from index import Fetcher, Library
    from web import build_server
    from web.background import Background
    from web.log_filter import RepetitionFilter
    from web.transport import StoppableServer, server_config

    logging.basicConfig(level=logging.ERROR)
    logging.getLogger().handlers[0].addFilter(RepetitionFilter())
    with Library.open(Path(directory) / "library", fetcher=Fetcher(resolver=_no_host)) as library:
        library.add(EXAMPLES)
        background = Background(library)
        background.start()
        app = build_server(library, background)
        StoppableServer(server_config(app, "127.0.0.1", port), background.ask_to_stop).run()
        background.stop()


def _no_host(host: str, *_: object) -> list[str]:
    raise OSError(f"{host} doesn't exist in this bench")
