"""The HTTP server: uvicorn with limits on connections, and a stop within seconds."""

from .protocol import LimitedProtocol
from .server import StoppableServer, server_config

__all__ = [
    "LimitedProtocol",
    "StoppableServer",
    "server_config",
]
