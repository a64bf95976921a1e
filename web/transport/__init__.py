"""The HTTP server: uvicorn with limits on connections and bodies, and a stop within seconds."""

from .bodies import bounded, read_body
from .protocol import LimitedProtocol
from .responses import refuse, respond
from .server import StoppableServer, server_config

__all__ = [
    "LimitedProtocol",
    "StoppableServer",
    "bounded",
    "read_body",
    "refuse",
    "respond",
    "server_config",
]
