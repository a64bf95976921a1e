"""TODO."""

from .app import build_api
from .schemas import LIBRARY_FAILED, articles_of

__all__ = [
    "LIBRARY_FAILED",
    "articles_of",
    "build_api",
]
