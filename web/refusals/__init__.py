"""The JSON of errors, in the form that the clients of each path expect."""

from .forms import MCP_PATH, OPENAI_PATHS, error_body

__all__ = [
    "MCP_PATH",
    "OPENAI_PATHS",
    "error_body",
]
