"""uvicorn, with our limits, and a stop that takes seconds whatever still runs."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from ..limits import CONNECTION_BACKLOG, GRACE_SECONDS, KEEP_ALIVE_SECONDS, STOP_SECONDS
from .protocol import LimitedProtocol

_LOG = logging.getLogger(__name__)


def server_config(app: ASGIApp, host: str, port: int, proxies: str = "127.0.0.1") -> uvicorn.Config:
    """The configuration of the server. `proxies` are addresses and networks, separated by commas.

    Of these reverse proxies only, X-Forwarded-For and X-Forwarded-Proto are believed.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=LimitedProtocol,
        ws="none",
        log_config=None,  # uvicorn's messages go where the app's go
        access_log=False,
        server_header=False,
        forwarded_allow_ips=[proxy.strip() for proxy in proxies.split(",")],
        backlog=CONNECTION_BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


class StoppableServer(uvicorn.Server):
    """A server that asks the work behind it to stop when it is asked to stop itself."""

    def __init__(self, config: uvicorn.Config, ask_to_stop: Callable[[], None]) -> None:
        """Create a server; on a signal, `ask_to_stop` is called in a thread."""
        super().__init__(config)
        self._ask_to_stop = ask_to_stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Handle SIGINT and SIGTERM."""
        if not self.should_exit:
            threading.Thread(target=self._stop, name="stop", daemon=True).start()
        super().handle_exit(sig, frame)

    def _stop(self) -> None:
        self._ask_to_stop()
        time.sleep(STOP_SECONDS)
        # A thread may be in a library that can't be interrupted. What was accepted is safe: the file is transactional.
        _LOG.warning("Work didn't stop within %s seconds; it is resumed at the next start", STOP_SECONDS)
        os._exit(0)
