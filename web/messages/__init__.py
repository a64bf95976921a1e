"""All texts that users of the page and the HTTP API read, one module for each part of the interface.

Texts of answers and errors come from `rag` and `index`. What is here is plain text: `web.ui` escapes it.
"""

from . import access, api, ask, common, doors, export, library, server, speakers, watches

__all__ = [
    "access",
    "api",
    "ask",
    "common",
    "doors",
    "export",
    "library",
    "server",
    "speakers",
    "watches",
]
