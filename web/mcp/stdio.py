"""The command `ask-the-articles mcp`: the server over standard input and output."""

from __future__ import annotations

import argparse
import logging
import threading

import anyio

from index import Library, Settings
from index.cli import run as run_on_library
from index.statements import Parser
from rag import Assistant, OptionalReader, Writer
from rag.config import build_writer

from ..lanes import Lanes
from .server import build_mcp

_LOG = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Serve until standard input ends. Returns the exit status.

    Standard output has nothing but messages of the protocol: logs and errors go to standard error.
    """
    return run_on_library(_serve, options)


def _serve(library: Library, _: argparse.Namespace, settings: Settings) -> int:
    writer, reader = build_writer(library, settings), OptionalReader(settings.reader)
    server = build_mcp(Assistant(library, settings.caution, writer, reader), Lanes())
    # Beside the protocol's first messages, which clients don't wait for long.
    threading.Thread(target=_load_models, args=(library, reader, writer), daemon=True).start()
    anyio.run(server.run_stdio_async)
    return 0


def _load_models(library: Library, reader: OptionalReader, writer: Writer | None) -> None:
    try:
        library.embedder.embed_question("Ready?")
        Parser.shared().load()
        reader.load()
        if writer is not None:
            writer.prepare()
    except Exception:  # noqa: BLE001 the first question reports it
        _LOG.exception("A model couldn't be loaded")
