"""The whole app: API and page behind one guard."""

from __future__ import annotations

from starlette.types import ASGIApp

from index import Library
from rag import Assistant, Caution, OptionalReader, Writer

from .access import Role, access_file, needs
from .background import Background
from .conversations import Answering, Conversations, Suggestions
from .folders import FolderWorker
from .guard import Guard
from .lanes import Lanes
from .monitoring import (
    METRICS_PATH,
    LogRequests,
    Metrics,
    MetricsAccess,
    Monitoring,
    ObservedAssistant,
    metrics_endpoint,
)
from .refusals import OPENAI_PATHS
from .watches import Watches, WatchWorker


def build_server(  # noqa: PLR0913 parts that the command makes, passed by name
    library: Library,
    background: Background,
    token: str = "",
    caution: Caution = "balanced",
    writer: Writer | None = None,
    reader: OptionalReader | None = None,
    metrics: MetricsAccess = "admin",
    log_requests: LogRequests = "none",
) -> ASGIApp:
    """The ASGI app over a library. With a token, every request needs it; with a writer, answers can be generated.

    Args:
        library: the library.
        background: the work in the background.
        token: has all roles; empty if there are named tokens only, or none.
        caution: the abstention threshold.
        writer: generates answers with a language model.
        reader: reads passages.
        metrics: who may read the metrics.
        log_requests: what is logged of requests.
    """
    # Importing Gradio takes seconds: only here, so that the model can load at the same time.
    from .api import build_api
    from .mcp import build_mcp, mount_mcp
    from .openai import build_openai
    from .ui import CONTENT_SECURITY_POLICY, Chat, add_conversations, add_taking, build_page, mount_page

    lanes = Lanes()
    monitoring = Monitoring(_metrics(library, background, lanes) if metrics != "off" else None, log_requests)
    assistant = ObservedAssistant(monitoring, library, caution, writer, reader)
    watches = Watches(Assistant(library, caution, reader=assistant.reader))  # not counted as questions of people
    background.run_with(WatchWorker(watches))
    background.run_with(FolderWorker(library, background.wake))
    app = build_api(library, assistant, background, lanes, watches)
    app.mount(OPENAI_PATHS.rstrip("/"), needs(Role.READ)(build_openai(assistant, lanes)))
    mount_mcp(app, build_mcp(assistant, lanes))
    if monitoring.metrics:
        role = Role.OPEN if metrics == "open" else Role.ADMIN
        app.add_route(METRICS_PATH, metrics_endpoint(monitoring.metrics, role), include_in_schema=False)
    conversations = Conversations(library.directory)
    answering = Answering(
        library, assistant, conversations, lambda: background.is_prepared, background.wait_until_ready
    )
    suggestions = Suggestions(library, Assistant(library, caution, None, reader))  # what nobody asked isn't observed
    add_conversations(app, Chat(library, conversations, answering, suggestions))
    add_taking(app, library, conversations, lanes.reading)
    mount_page(app, build_page(library, background), writer.model if writer else "")
    return Guard(app, token, CONTENT_SECURITY_POLICY, access_file=access_file(library.directory), monitoring=monitoring)


def _metrics(library: Library, background: Background, lanes: Lanes) -> Metrics:
    return Metrics(
        library,
        lanes={"asking": lambda: lanes.asking.requests, "reading": lambda: lanes.reading.requests},
        jobs={"addresses": background.jobs.unfinished, "uploads": background.uploads.unfinished},
    )
