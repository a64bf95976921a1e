"""Health checks. They need no thread, so that they answer however busy the app is."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from rag import OptionalReader

from ..access import Role, needs
from ..background import Background
from ..messages import api as texts
from .errors import NOT_READY, error_response


def health_routes(background: Background, reader: OptionalReader) -> APIRouter:
    """Routes that say whether the app is running and ready."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    @needs(Role.OPEN)
    async def healthz() -> dict[str, str]:
        """Succeed while the process is running."""
        return {"status": "ok"}

    @router.get("/readyz", responses=NOT_READY)
    @needs(Role.OPEN)
    async def readyz() -> JSONResponse:
        """Succeed once the app can answer questions."""
        if background.is_ready:
            return JSONResponse({"status": "ready", "warnings": [texts.READER_OFF] if reader.warning else []})
        if background.failure:
            return error_response(503, "failed", texts.startup_failed(background.failure))
        return error_response(503, "starting", texts.STARTING)

    return router
