"""A language model's server is untrusted: whatever it sends, the exact quotes are shown in time, and nothing leaks."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from rag import Answer
from tests.model_server import Model, as_json, begin, serving_model, stream
from tests.writing import FACT, INSTEAD, WORDS

SECONDS = 1.0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(ask: Callable[..., Answer], model: Model, status: int) -> None:
    with serving_model() as elsewhere:
        elsewhere.answers((FACT, [(1, WORDS)]))

        def redirect(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Location", f"{elsewhere.url}/chat/completions")
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        model.serve = redirect
        answer = ask()
        assert answer.mode == "quotes"
        assert f"status {status}" in answer.text
        assert elsewhere.requests == []


def send_event(handler: BaseHTTPRequestHandler, event: Any) -> None:
    begin(handler, "text/event-stream")
    handler.wfile.write(f"data: {json.dumps(event)}\n\n".encode())


def with_content(content: Any) -> dict[str, Any]:
    return {"choices": [{"delta": {"content": content}, "finish_reason": "stop"}]}


CONTENTS: list[Any] = [
    None, 7, 1.5, True, ["a"], [["a"]], {"text": FACT}, [{"type": "text", "text": FACT}], "\ud800", "\x00\x1b[2J",
]  # fmt: skip
EVENTS: list[Any] = [
    None, 7, "x", [], [1], {}, {"choices": None}, {"choices": 7}, {"choices": {"0": 1}}, {"choices": ["x"]},
    {"choices": [None]}, {"choices": [{}]}, {"choices": [{"delta": None}]}, {"choices": [{"delta": [1]}]},
    {"choices": [{"delta": "x"}]}, {"error": {"message": "no"}}, {"error": 7, "choices": [{}]},
]  # fmt: skip


@pytest.mark.parametrize("event", [*map(with_content, CONTENTS), *EVENTS], ids=json.dumps)
def test_values_of_wrong_types_give_the_quotes(ask: Callable[..., Answer], model: Model, event: Any) -> None:
    model.serve = lambda handler: send_event(handler, event)
    answer = ask()
    assert answer.mode == "quotes"
    explanation, quote, *_ = answer.text.split("\n\n")
    assert explanation.startswith("The language model")
    assert explanation.endswith(INSTEAD)
    assert quote.startswith("“The container ship")


def test_half_a_surrogate_pair_can_be_sent_to_others(ask: Callable[..., Answer], model: Model) -> None:
    model.serve = lambda handler: send_event(handler, with_content(as_json((f"{FACT} \ud800", [(1, WORDS)]))))
    assert ask().text.encode("utf-8")


def test_an_event_may_have_several_lines_and_no_end(ask: Callable[..., Answer], model: Model) -> None:
    def send(handler: BaseHTTPRequestHandler) -> None:
        begin(handler, "text/event-stream")
        event = json.dumps(with_content(as_json((FACT, [(1, WORDS)]))), indent=1)
        lines = "".join(f"data: {line}\r\n" for line in event.split("\n"))
        handler.wfile.write(f": comment\r\nid: 7\r\n{lines}".encode())

    model.serve = send
    assert ask().text == f"{FACT} [1]"


def forever(handler: BaseHTTPRequestHandler, data: bytes, pause: float = 0.0) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        handler.wfile.write(data)
        time.sleep(pause)


def slow_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    forever(handler, b"X-A: b\r\n", 0.1)


def slow_body(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "text/event-stream")
    forever(handler, b"d", 0.1)


def slow_error(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "application/json", 500)
    forever(handler, b"x", 0.1)


def comments(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "text/event-stream")
    forever(handler, b": still working\n\n", 0.01)


def empty_pieces(handler: BaseHTTPRequestHandler) -> None:
    stream(handler, [""] * 2_000, pause=0.01)


def short_lines(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "text/event-stream")
    for _ in range(70):
        handler.wfile.write(b"x\n" * 50_000)


def short_data_lines(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "text/event-stream")
    for _ in range(70):
        handler.wfile.write(b"data:\n" * 16_000)


def packed(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(gzip.compress(b"data: " * 1_000_000) * 80)  # 480 MB


HOLDS = (slow_headers, slow_body, slow_error, comments, empty_pieces, short_lines, short_data_lines, packed)


@pytest.mark.parametrize("serve", HOLDS)
def test_the_deadline_holds_whatever_arrives(
    ask: Callable[..., Answer], model: Model, serve: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    ask()  # loads the models
    model.serve, others = serve, set(threading.enumerate())
    began, before = time.monotonic(), time.process_time()
    answer = ask(seconds=SECONDS)
    assert time.monotonic() - began < SECONDS + 1.5
    assert answer.mode == "quotes"
    if serve is not slow_headers:  # they end by their size
        deadline = time.monotonic() + 4 * SECONDS
        while any(thread.name.endswith("(_read)") for thread in {*threading.enumerate()} - others):
            assert time.monotonic() < deadline, "the thread that reads goes on after the deadline"
            time.sleep(0.05)
    assert time.process_time() - before < 4
