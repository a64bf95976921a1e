"""The HTTP API under /api/v1, with its documentation at /docs and the health checks.

`build_api` makes the FastAPI app. Every error is JSON: `{"error": {"code", "message"}}`.
"""

from .app import build_api
from .errors import error_response
from .exports import ExportFormat, exchanges_response, printed_page
from .parameters import MAX_INTEGER, Id
from .routing import route_class
from .schemas import WhereBody, filter_of

__all__ = [
    "MAX_INTEGER",
    "ExportFormat",
    "Id",
    "WhereBody",
    "build_api",
    "error_response",
    "exchanges_response",
    "filter_of",
    "printed_page",
    "route_class",
]
