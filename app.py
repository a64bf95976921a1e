"""Ask the Articles: `python app.py` starts the page and the HTTP API on one port."""

from __future__ import annotations

import argparse
import ipaddress
import logging
import os
import socket
import sys
import threading
from dataclasses import replace
from pathlib import Path

# Before anything that reads them is imported: no request to the outside, no telemetry.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from index import Library, LibraryError
from index.settings import Settings
from rag import Writer, checked_caution
from rag.config import language_model_of, writer_of
from web.background import Background

EXAMPLES = Path(__file__).parent / "examples" / "articles"
MIN_TOKEN = 16  # characters
MAX_MINUTES = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Start the app; returns the exit status."""
    settings = Settings.from_environment(os.environ)
    parser = argparse.ArgumentParser(description="Ask the Articles: the page and the HTTP API.")
    parser.add_argument("--library", metavar="DIR", default=settings.library, help="default: %(default)s")
    parser.add_argument("--host", default=settings.host, help="an address other than this machine's own needs a token")
    parser.add_argument("--port", default=settings.port, help="default: %(default)s")
    parser.add_argument("--no-examples", action="store_true", help="start a new library without the sample articles")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = replace(settings, library=options.library, host=options.host, port=options.port)
    try:
        return serve(settings, check(settings), with_examples=not options.no_examples)
    except (LibraryError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def check(settings: Settings) -> int:
    """The port, if the app may listen there.

    Raises:
        ValueError: the port is none or taken, the address is open to others and there is no good token, or the
            caution or the minutes between updates are none, or a language model can't be as the settings say.
    """
    minutes = settings.update_minutes
    if not minutes.isdecimal() or int(minutes) > MAX_MINUTES:
        raise ValueError(
            f"the feeds are to be updated every {minutes!r} minutes; it must be 0 (never) to {MAX_MINUTES}"
        )
    if not settings.port.isdecimal() or not 1 <= int(settings.port) <= 65535:
        raise ValueError(f"the port is {settings.port!r}; it must be a number between 1 and 65535")
    checked_caution(settings.caution)
    language_model_of(settings)
    if settings.token and len(settings.token) < MIN_TOKEN:
        raise ValueError(f"the token has {len(settings.token)} characters; it needs at least {MIN_TOKEN}")
    if not settings.token and not _is_loopback(settings.host):
        raise ValueError(
            f"{settings.host} can be reached by others, so a token is needed: set ARTICLES_TOKEN to a secret of"
            f" {MIN_TOKEN} characters or more, or listen on 127.0.0.1"
        )
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, int(settings.port)))
        except OSError as error:
            raise ValueError(
                f"can't listen on {settings.host}:{settings.port} ({error.strerror}); choose another with --port"
            ) from None
    return int(settings.port)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(settings: Settings, port: int, with_examples: bool) -> int:
    """Serve until interrupted."""
    directory = Path(settings.library).expanduser()
    add_examples = with_examples and not directory.exists()
    with Library.open(directory, settings.embedder) as library:
        writer = writer_of(library, settings)

        def prepare() -> None:
            if add_examples:
                library.add(EXAMPLES)
            if writer is not None:
                writer.prepare()

        background = Background(library, prepare, int(settings.update_minutes))
        background.start()  # the model loads while Gradio is imported
        print(f"Ask the Articles is starting; its library is {directory.resolve()}", flush=True)
        try:
            _listen(library, background, settings, port, writer)
        finally:
            background.stop()
    return 0


def _listen(library: Library, background: Background, settings: Settings, port: int, writer: Writer | None) -> None:
    # Heavy (Gradio takes seconds): imported when all that can be wrong was checked, beside the loading model.
    import uvicorn

    from web.server import build_server

    app = build_server(library, background, settings.token, checked_caution(settings.caution), writer)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    threading.Thread(target=_announce, args=(background, f"http://{host}:{port}"), daemon=True).start()
    uvicorn.run(app, host=settings.host, port=port, log_level="warning", server_header=False, ws="none")


def _announce(background: Background, address: str) -> None:
    if background.wait_until_ready():
        print(f"Ready: {address}", flush=True)
    else:
        print(f"error: {background.failure}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
