"""An HTTP server on loopback with OpenAI's API, which behaves as each test requires: correctly, badly or not at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Serve = Callable[[BaseHTTPRequestHandler], None]
Sentence = tuple[str, Sequence[tuple[int, str]]]  # its text, and the numbers and words of its sources


@dataclass
class Model:
    """What the server sends, and the requests that it received."""

    serve: Serve | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    def writes(self, *pieces: str, pause: float = 0.0) -> None:
        """From now on, send these pieces of text and end the stream properly."""
        self.serve = lambda handler: stream(handler, pieces, pause)

    def answers(self, *sentences: Sentence) -> None:
        """From now on, send these sentences as the requested JSON."""
        self.writes(*pieces_of(as_json(*sentences)))

    def prompt(self) -> str:
        """Return the text of the last prompt."""
        return "\n".join(message["content"] for message in self.requests[-1]["messages"])


def as_json(*sentences: Sentence) -> str:
    """Return sentences as the requested JSON."""
    return json.dumps(
        {
            "sentences": [
                {"quotes": [{"source": number, "words": words} for number, words in quotes], "text": text}
                for text, quotes in sentences
            ]
        },
        ensure_ascii=False,
    )


def pieces_of(text: str, length: int = 9) -> list[str]:
    """Split a text into pieces, like tokens."""
    return [text[start : start + length] for start in range(0, len(text), length)]


def stream(handler: BaseHTTPRequestHandler, pieces: Sequence[str], pause: float = 0.0, *, ends: bool = True) -> None:
    """Send pieces of text as a stream of events; unless it `ends`, the connection is closed early."""
    begin(handler, "text/event-stream")
    for piece in pieces:
        event(handler, {"content": piece})
        time.sleep(pause)
    if ends:
        event(handler, {}, "stop")
        handler.wfile.write(b"data: [DONE]\n\n")


def begin(handler: BaseHTTPRequestHandler, kind: str, status: int = 200) -> None:
    """Send the headers of a response that ends when the connection is closed."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Connection", "close")
    handler.end_headers()


def event(handler: BaseHTTPRequestHandler, delta: dict[str, str], finish: str | None = None) -> None:
    """Send one chunk of a chat completion."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "test", "choices": [choice]}
    handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
    handler.wfile.flush()


def fail(handler: BaseHTTPRequestHandler, status: int, message: str = "no") -> None:
    """Send an error in OpenAI's format."""
    begin(handler, "application/json", status)
    handler.wfile.write(json.dumps({"error": {"message": message, "type": "x", "code": None}}).encode())


@contextmanager
def serving_model() -> Iterator[Model]:
    """Start a server on a free port of loopback."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            model.requests.append(json.loads(body))
            model.keys.append(self.headers.get("Authorization", ""))
            try:
                if model.serve is not None:
                    model.serve(self)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield model
    server.shutdown()
    server.server_close()
