"""The whole app: API and page behind one guard."""

from __future__ import annotations

from starlette.types import ASGIApp

from index import Library
from rag import Assistant, Caution, Writer

from .api import build_api
from .background import Background
from .guard import Guard
from .ui import CONTENT_SECURITY_POLICY, build_page, mount_page


def build_server(
    library: Library,
    background: Background,
    token: str = "",
    caution: Caution = "balanced",
    writer: Writer | None = None,
) -> ASGIApp:
    """The ASGI app over a library. With a token, every request needs it; with a writer, answers can be worded."""
    assistant = Assistant(library, caution, writer)
    app = build_api(library, assistant, background)
    mount_page(app, build_page(library, assistant, background))
    return Guard(app, token, CONTENT_SECURITY_POLICY)
