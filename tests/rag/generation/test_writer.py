"""Written answers: if the language model fails, exact quotes in time, and one line that explains why."""

import json
import logging
import re
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from index import Library
from rag import Answer, Assistant, LanguageModel, Writer
from rag.__main__ import main
from tests.conftest import Served, serve
from tests.model_server import Model, as_json, begin, fail, pieces_of, stream
from tests.writing import FACT, INSTEAD, KEY, PATIENCE, QUESTION, WORDS
from web.background import Background
from web.server import build_server

SECONDS = 3.0  # time limit for a model that hangs


def hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(SECONDS * 3)


def drip(handler: BaseHTTPRequestHandler) -> None:
    stream(handler, ["a"] * 1_000, pause=0.1)


def half(handler: BaseHTTPRequestHandler) -> None:
    stream(handler, pieces_of(as_json((FACT, [(1, WORDS)]), (FACT, [(1, WORDS)])))[:-4], ends=False)


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff\xfe what is this \r\n\r\n" * 50)


def garbage_events(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "text/event-stream")
    handler.wfile.write(b'data: {"choices": [[[\n\ndata: \xff\xfe\n\n')


def a_page(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "text/html")
    handler.wfile.write(b"<html><body>Welcome to nginx</body></html>")


def one_huge_line(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "text/event-stream")
    for _ in range(160):
        handler.wfile.write(b"data: " + b"x" * 65_536)


def huge_error(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, "application/json", 500)
    for _ in range(160):
        handler.wfile.write(b"x" * 65_536)


FAULTS: dict[str, tuple[Callable[[BaseHTTPRequestHandler], None], str]] = {
    "401": (lambda handler: fail(handler, 401, f"Incorrect API key provided: {KEY}"), "rejected the API key"),
    "403": (lambda handler: fail(handler, 403), "rejected the API key"),
    "404": (lambda handler: fail(handler, 404), "no model named “test”"),
    "429": (lambda handler: fail(handler, 429), "rate limit or quota"),
    "500": (lambda handler: fail(handler, 500), "the status 500"),
    "400": (lambda handler: fail(handler, 400, "context too long"), "the status 400"),
    "hang": (hang, "took too long"),
    "drip": (drip, "took too long"),
    "half a stream": (half, "disconnected"),
    "closed at once": (lambda handler: None, "could not be reached"),
    "garbage": (garbage, "could not be reached"),
    "garbage in events": (garbage_events, "invalid response"),
    "a page": (a_page, "disconnected"),
    "10 MB": (lambda handler: stream(handler, ["x" * 10_000] * 1_000), "20,000 characters"),
    "10 MB in one line": (one_huge_line, "8 MB"),
    "10 MB of error": (huge_error, ""),
    "ignores the format": (lambda handler: stream(handler, ["Sure! Here is a poem about ships."]), "found no answer"),
    "other language": (
        lambda handler: stream(handler, [as_json(("Das Schiff blockierte den Kanal sechs Tage.", [(1, WORDS)]))]),
        "wrote nothing that the articles support",
    ),
    "cites [99]": (
        lambda handler: stream(handler, [f'{FACT} [99: "{WORDS}"]']),
        "wrote nothing that the articles support",
    ),
    "empty": (lambda handler: stream(handler, []), "found no answer"),
    "wrong JSON": (
        lambda handler: stream(handler, ['{"sentences": [1, "a", {"text": 3, "quotes": {}}, {"quotes": [7]}]}']),
        "found no answer",
    ),
    "deep JSON": (lambda handler: stream(handler, ["[" * 15_000]), ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failing_model_costs_nothing_but_time(ask: Callable[..., Answer], model: Model, fault: str) -> None:
    model.serve, reason = FAULTS[fault]
    seconds = SECONDS if fault in ("hang", "drip") else PATIENCE
    began = time.monotonic()
    answer = ask(seconds=seconds)
    assert time.monotonic() - began < seconds + 1
    assert answer.mode == "quotes"
    explanation, quote, *_ = answer.text.split("\n\n")
    assert explanation.startswith("The language model")
    assert reason in explanation
    assert explanation.endswith(INSTEAD)
    assert quote.startswith("“The container ship")
    assert KEY not in answer.text
    assert WORDS in answer.citations[0].quote


def test_an_unreachable_model(ask: Callable[..., Answer]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = ask(url=f"http://127.0.0.1:{free.getsockname()[1]}/v1")
    assert answer.text.startswith(f"The language model could not be reached. {INSTEAD}")


def test_a_lost_connection_is_retried_once(ask: Callable[..., Answer], model: Model) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        if len(model.requests) > 1:
            stream(handler, [as_json((FACT, [(1, WORDS)]))])

    model.serve = serve
    assert ask().mode == "written"
    assert len(model.requests) == 2
    model.requests.clear()
    model.serve = lambda handler: None
    assert ask().mode == "quotes"
    assert len(model.requests) == 2


def test_after_three_failures_the_model_is_paused(samples: Library, model: Model) -> None:
    model.serve = lambda handler: fail(handler, 500)
    assistant = Assistant(samples, writer=Writer(samples, LanguageModel(model.url, "test"), PATIENCE))
    reasons = [assistant.ask(QUESTION, mode="written").text.split("\n\n")[0] for _ in range(5)]
    assert len(model.requests) == 3
    assert "status 500" in reasons[2]
    assert reasons[3] == reasons[4]
    assert re.search(r"failed 3 times in a row.* 30 seconds", reasons[3])


@pytest.mark.parametrize("unknown", ["response_format", "max_tokens", "temperature", "this field"])
def test_unsupported_parameters_are_dropped(ask: Callable[..., Answer], model: Model, unknown: str) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        refused = "response_format" if unknown == "this field" else unknown
        if refused in model.requests[-1]:
            fail(handler, 400, f"Unsupported parameter: {unknown}")
        else:
            stream(handler, [as_json((FACT, [(1, WORDS)]))])

    model.serve = serve
    assert ask().mode == "written"
    assert ("max_completion_tokens" in model.requests[-1]) == (unknown == "max_tokens")


def test_the_key_is_never_shown(
    ask: Callable[..., Answer], model: Model, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    model.serve = lambda handler: fail(handler, 401, f"Incorrect API key provided: {KEY}")
    output = repr(ask()) + caplog.text + "".join(capsys.readouterr())
    assert KEY not in output.replace(f"Bearer {KEY}", "")
    assert f"Bearer {KEY}" not in output


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"url": "ftp://x"}, "must start with http"),
        ({"url": "http://[bad"}, "must start with http"),
        ({"model": " "}, "name .* is missing"),
        ({"window": 100}, "is 100 tokens; it must be 2048 to 2000000"),
    ],
)
def test_invalid_settings(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        LanguageModel(**{"url": "http://127.0.0.1:1/v1", "model": "m", **options})


def test_without_a_model_there_are_only_quotes(samples: Library) -> None:
    assistant = Assistant(samples)
    with pytest.raises(ValueError, match="ARTICLES_LLM_URL"):
        assistant.ask(QUESTION, mode="written")
    with pytest.raises(ValueError, match="mode is 'loud'; it must be quotes or written"):
        assistant.ask(QUESTION, mode="loud")  # type: ignore[arg-type]


# Over HTTP and on the command line


def test_events_over_http(samples: Library, model: Model) -> None:
    other = "About 12 percent of world trade passes through the Suez Canal."
    model.answers((FACT, [(1, WORDS)]), (other, [(number, other) for number in range(1, 6)]))
    writer = Writer(samples, LanguageModel(model.url, "test", KEY), PATIENCE)
    background = Background(samples, writer.prepare)
    background.start()
    for url in serve(build_server(samples, background, writer=writer)):
        with httpx.Client(base_url=url, timeout=60) as http:
            response = http.post("/api/v1/ask/stream", json={"question": QUESTION})
            assert response.headers["content-type"].startswith("text/event-stream")
            events = re.findall(r"event: (\w+)\ndata: (.*)\n", response.text)
            assert [name for name, _ in events][-1] == "answer"
            partial, whole = json.loads(events[0][1]), json.loads(events[-1][1])
            assert (events[0][0], partial["text"], partial["hits"]) == ("partial", f"{FACT} [1]", [])
            assert whole["text"].startswith(f"{FACT} [1] {other}")
            assert whole["hits"]
            assert whole["mode"] == "written"
            assert http.post("/api/v1/ask", json={"question": QUESTION, "mode": "written"}).json() == whole
            assert http.post("/api/v1/ask", json={"question": QUESTION}).json()["mode"] == "quotes"
            quotes = http.post("/api/v1/ask/stream", json={"question": QUESTION, "mode": "quotes"}).text
            assert quotes.count("event: ") == 2
            assert http.post("/api/v1/ask/stream", json={"question": "?!"}).status_code == 400
            assert http.post("/api/v1/ask", json={"question": "x", "mode": "loud"}).status_code == 422
            unclear = http.post("/api/v1/ask/stream", json={"question": "What did he say?"}).text
            assert re.search(r"event: error\ndata: .*bad_question.*Please use a name", unclear)
            assert http.get("/api/v1/status").json()["language_model"] == "test"
            assert KEY not in http.get("/openapi.json").text + http.get("/config").text
    background.stop()


def test_without_a_model_over_http(served: Served) -> None:
    response = httpx.post(f"{served.url}/api/v1/ask", json={"question": QUESTION, "mode": "written"})
    assert response.status_code == 422
    assert "No language model is configured" in response.json()["error"]["message"]
    assert httpx.get(f"{served.url}/api/v1/status").json()["language_model"] is None


def test_on_the_command_line(
    samples: Library, model: Model, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["ask", QUESTION, "--mode", "written", "--library", str(samples.directory)]
    assert main(arguments) == 1
    assert "ARTICLES_LLM_URL" in capsys.readouterr().err
    monkeypatch.setenv("ARTICLES_LLM_URL", model.url)
    assert main(arguments) == 1
    assert "ARTICLES_LLM_MODEL" in capsys.readouterr().err
    monkeypatch.setenv("ARTICLES_LLM_MODEL", "test")
    monkeypatch.setenv("ARTICLES_LLM_SECONDS", "soon")
    assert main(arguments) == 1
    assert "ARTICLES_LLM_SECONDS is 'soon'" in capsys.readouterr().err
    monkeypatch.delenv("ARTICLES_LLM_SECONDS")
    monkeypatch.setenv("ARTICLES_LLM_UNFOUNDED", "strike")
    model.answers((FACT, [(1, WORDS)]), ("It cost nine billion dollars.", [(1, WORDS)]))
    assert main(arguments) == 0
    output = capsys.readouterr().out
    assert output.startswith(f"{FACT} [1]")
    assert f"{WORDS}.”" in output
    assert "Not found in the articles: It cost nine billion dollars." in output
