"""The page and the HTTP API over a library.

`build_server` builds both as one ASGI app; `web.serve` is the command that runs it.
"""

from .server import build_server

__all__ = ["build_server"]
