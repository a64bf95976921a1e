"""The Model Context Protocol: tools for assistants, over HTTP at /mcp and over standard input and output."""

from .endpoint import mount_mcp
from .server import build_mcp
from .stdio import run

__all__ = [
    "build_mcp",
    "mount_mcp",
    "run",
]
