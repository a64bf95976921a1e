"""The whole app: API and page behind one guard."""

from __future__ import annotations

from starlette.types import ASGIApp

from index import Library
from rag import Assistant, Caution, OptionalReader, Writer

from .access import Role, access_file, needs
from .background import Background
from .folders import FolderWorker
from .guard import Guard
from .lanes import Lanes
from .refusals import OPENAI_PATHS
from .watches import Watches, WatchWorker


def build_server(
    library: Library,
    background: Background,
    token: str = "",
    caution: Caution = "balanced",
    writer: Writer | None = None,
    reader: OptionalReader | None = None,
) -> ASGIApp:
    """The ASGI app over a library. With a token, every request needs it; with a writer, answers can be generated."""
    # Importing Gradio takes seconds: only here, so that the model can load at the same time.
    from .api import build_api
    from .mcp import build_mcp, mount_mcp
    from .openai import build_openai
    from .ui import CONTENT_SECURITY_POLICY, build_page, mount_page

    assistant = Assistant(library, caution, writer, reader)
    watches = Watches(assistant)
    background.run_with(WatchWorker(watches))
    background.run_with(FolderWorker(library, background.wake))
    lanes = Lanes()
    app = build_api(library, assistant, background, lanes, watches)
    app.mount(OPENAI_PATHS.rstrip("/"), needs(Role.READ)(build_openai(assistant, lanes)))
    mount_mcp(app, build_mcp(assistant, lanes))
    mount_page(app, build_page(library, assistant, background))
    return Guard(app, token, CONTENT_SECURITY_POLICY, access_file=access_file(library.directory))
