"""`GET /metrics`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, Literal

from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from ..access import Role, needs
from .metrics import Metrics

METRICS_PATH: Final = "/metrics"
MetricsAccess = Literal["admin", "open", "off"]


def metrics_endpoint(metrics: Metrics, role: Role) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that returns metrics to whoever has a role."""

    @needs(role)
    async def show_metrics(_: Request) -> Response:
        return Response(await to_thread.run_sync(metrics.text), media_type=CONTENT_TYPE_LATEST)

    return show_metrics
