"""The HTTP API under /api/v1, with its documentation at /docs and the health checks.

`build_api` makes the FastAPI app. Every error is JSON: `{"error": {"code", "message"}}`.
"""

from .app import build_api
from .errors import error_response
from .routing import route_class

__all__ = [
    "build_api",
    "error_response",
    "route_class",
]
