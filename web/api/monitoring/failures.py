"""Error responses of watches."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from ...messages import common
from ...messages import watches as texts
from ...state import StateFailed
from ...watches import WatchNotFound
from ..errors import error_response

_LOG = logging.getLogger(__name__)


def handle_watch_errors(app: FastAPI) -> None:
    """Answer errors of watches and of the files beside the library."""

    @app.exception_handler(WatchNotFound)
    async def on_missing_watch(_: Request, error: WatchNotFound) -> JSONResponse:
        return error_response(404, "not_found", texts.watch_not_found(error.watch_id))

    @app.exception_handler(StateFailed)
    async def on_state_failure(_: Request, error: StateFailed) -> JSONResponse:
        _LOG.error("A file beside the library failed", exc_info=error)
        return error_response(503, "library_failed", common.LIBRARY_FAILED)
