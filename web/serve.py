"""The command that runs the app: `python app.py` and `ask-the-articles serve`."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from starlette.types import ASGIApp

from index import Library, LibraryError, Settings, SettingsError
from index.statements import Parser
from rag import OptionalReader, Writer
from rag.config import build_writer

from .access import NamedTokens, access_file
from .background import Background
from .log_filter import RepetitionFilter
from .messages import server as texts
from .monitoring import JsonFormatter, Monitoring
from .server import build_server
from .starting import Starting
from .state import StateFailed
from .uploads import SAMPLES

EXIT_FAILED, EXIT_INVALID = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the app with the options of a command line. Returns the exit status; see `run`."""
    parser = argparse.ArgumentParser(description=texts.DESCRIPTION)
    add_options(parser)
    return run(parser.parse_args(arguments))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the app to a parser. They take precedence over the settings of the environment."""
    parser.add_argument("--library", metavar="DIR", help=texts.LIBRARY_HELP)
    parser.add_argument("--host", help=texts.HOST_HELP)
    parser.add_argument("--port", help=texts.PORT_HELP)
    parser.add_argument("--no-examples", action="store_true", help=texts.NO_EXAMPLES_HELP)


def run(options: argparse.Namespace) -> int:
    """Run the app. Returns the exit status: 0, 1 if the library can't be used, 2 if a setting is invalid."""
    # Read by libraries when they are imported or first used: no requests to the outside, no telemetry.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    gc.disable()  # until ready: a quarter of the time of all imports would be looking for garbage that isn't there
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(RepetitionFilter())
    try:
        settings = Settings.from_environment(library=options.library, host=options.host, port=options.port)
        check(settings)
        _configure_log(settings)
        return serve(settings, with_examples=not options.no_examples)
    except (LibraryError, StateFailed) as error:
        print(texts.error(str(error)), file=sys.stderr)
        return EXIT_INVALID if isinstance(error, SettingsError) else EXIT_FAILED


def _configure_log(settings: Settings) -> None:
    if settings.log == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonFormatter())
    if settings.log_requests != "none":
        logging.getLogger(Monitoring.__module__).setLevel(logging.INFO)


def check(settings: Settings) -> None:
    """Check that the app can start safely with these settings.

    Raises:
        SettingsError: others could use the app without a good token, or the address is invalid or already in use.
        StateFailed: the named tokens can't be read.
    """
    settings.check_access(NamedTokens(access_file(Path(settings.library).expanduser())).exist())
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(texts.cannot_listen(settings.host, settings.port, reason)) from None


def serve(settings: Settings, with_examples: bool = True) -> int:
    """Serve until interrupted. `with_examples` adds the sample articles to a new library, if they are installed."""
    directory = Path(settings.library).expanduser()
    adds_examples = with_examples and SAMPLES.is_dir() and not directory.exists()
    with Library.open(directory, settings.embedder, precision=settings.precision) as library:
        writer, reader = build_writer(library, settings), OptionalReader(settings.reader)

        def prepare() -> None:
            if adds_examples:
                library.add(SAMPLES)
            Parser.shared().load()
            reader.load()
            if writer is not None:
                writer.prepare()

        background = Background(library, prepare, settings.update_minutes)
        print(texts.starting(str(directory.resolve())), flush=True)
        try:
            _listen(library, background, settings, writer, reader)
        finally:
            background.stop()
    return 0


def _listen(
    library: Library, background: Background, settings: Settings, writer: Writer | None, reader: OptionalReader
) -> None:
    from .transport import StoppableServer, server_config

    def build() -> ASGIApp:
        app = build_server(
            library,
            background,
            settings.token,
            settings.caution,
            writer,
            reader,
            metrics=settings.metrics,
            log_requests=settings.log_requests,
        )
        background.start()  # after Gradio's imports: both would only slow each other down
        return app

    def stop() -> None:
        server.should_exit = True

    starting = Starting(build, stop)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{host}:{settings.port}"
    threading.Thread(target=_announce, args=(background, url), daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # after the server, stop everything else as on Ctrl-C
    config = server_config(starting, settings.host, settings.port, settings.proxies)
    server = StoppableServer(config, background.ask_to_stop)
    with suppress(KeyboardInterrupt):
        server.run()
    if starting.failure is not None:
        raise starting.failure


def _announce(background: Background, url: str) -> None:
    is_ready = background.wait_until_ready()
    gc.freeze()  # what is loaded now stays
    gc.enable()
    if is_ready:
        print(texts.ready(url), flush=True)
    else:
        print(texts.error(str(background.failure)), file=sys.stderr, flush=True)
