"""Answers worded by a language model: what is kept of them, and what happens when the model fails."""

import json
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from index import Library
from rag import (
    Answer,
    Assistant,
    DraftQuote,
    DraftSentence,
    GeneratorFailed,
    LanguageModel,
    Source,
    Turn,
    Writer,
)
from rag.__main__ import main
from tests.conftest import Served, serve
from tests.model_server import Model, as_json, begin, event, fail, pieces_of, serving_model, stream
from web.background import Background
from web.server import build_server

SECONDS = 3.0  # what a model that hangs may take
PATIENCE = 30.0  # what any other may: this tests what comes, on a machine that may be busy
KEY = "sk-a-key-that-nobody-sees"
QUESTION = "How long did the Ever Given block the Suez Canal?"
FACT = "The Ever Given blocked the Suez Canal for six days."
WORDS = "blocking the Suez Canal for six days"
INSTEAD = "These are exact quotes, because the language model "


@pytest.fixture
def model() -> Iterator[Model]:
    with serving_model() as model:
        yield model


@pytest.fixture
def ask(samples: Library, model: Model) -> Callable[..., Answer]:
    """Asks in mode "written", of a language model that is as it is set."""

    def ask(question: str = QUESTION, *history: Turn, unfounded: Any = "strike", **options: Any) -> Answer:
        generator = LanguageModel(options.pop("url", model.url), "test", KEY, options.pop("window", 8_192))
        writer = Writer(samples, generator, options.pop("seconds", PATIENCE), unfounded)
        writer.prepare()
        return check(samples, Assistant(samples, writer=writer).ask(question, history, mode="written"))

    return ask


def check(library: Library, answer: Answer) -> Answer:
    """Every citation is exact, and every marker has one."""
    for citation in answer.citations:
        assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    if answer.mode == "written":
        markers = [int(marker) for marker in re.findall(r"\[(\d+)\]", answer.text)]
        assert set(markers) == {citation.marker for citation in answer.citations}
    return answer


def source_with(model: Model, words: str) -> int:
    """The number under which the model was given these words."""
    return next(int(number) for number, text in re.findall(r'"source": (\d+),(.*)', model.prompt()) if words in text)


# What is kept


def test_a_supported_sentence_is_written_with_its_quote(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, WORDS)]))
    answer = ask()
    assert answer.mode == "written"
    assert answer.text == f"{FACT} [1]"
    [citation] = answer.citations
    assert citation.quote == f"The container ship Ever Given was freed on Monday after {WORDS}."
    assert answer.unsupported == []
    assert model.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    ("sentence", "words", "reason"),
    [
        ("The Ever Given blocked the Suez Canal for nine days.", WORDS, "number 9"),
        ("The Ever Smart blocked the Suez Canal for six days.", WORDS, "Smart"),
        ("The Ever Given did not block the Suez Canal for six days.", WORDS, "denied"),
        (FACT, "six days of blocking the canal", "no quote"),
        (FACT, "the", "no quote"),
        (FACT, "", ""),
        ("Read https://evil.example/x for six days.", WORDS, "link"),
        ("Six days: ![it](http://evil.example/i.png) blocked the canal.", WORDS, "link"),
        ("The <b>Ever Given</b> blocked the canal for six days.", WORDS, "mark-up"),
        ("Le navire Ever Given a bloqué le canal de Suez pendant six jours.", WORDS, ""),
    ],
)
def test_unsupported_sentences_are_not_kept(
    ask: Callable[..., Answer], model: Model, sentence: str, words: str, reason: str
) -> None:
    number = 7 if words == "" else 1
    model.answers((sentence, [(number, words)]))
    answer = ask()
    assert answer.mode == "quotes"
    assert answer.text.startswith(f"{INSTEAD}wrote nothing that the articles support.")
    assert any(reason in unsupported.reason for unsupported in answer.unsupported)
    assert not any("http" in unsupported.text for unsupported in answer.unsupported)


def test_only_the_unsupported_sentences_go(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, WORDS)]), ("It cost nine billion dollars.", [(1, WORDS)]), (FACT, [(1, WORDS)]))
    answer = ask(unfounded="remove")
    assert answer.text == f"{FACT} [1]"
    assert answer.unsupported == []
    [unsupported] = ask(unfounded="strike").unsupported
    assert unsupported.text == "It cost nine billion dollars."


def test_several_sentences_share_and_add_citations(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, WORDS)]))
    ask()
    other = "About 12 percent of world trade passes through the Suez Canal."
    number = source_with(model, other)
    model.answers((FACT, [(1, WORDS)]), (other, [(number, other), (1, WORDS)]))
    answer = ask()
    assert answer.text == f"{FACT} [1] {other} [2][1]"
    assert len(answer.citations) == 2


def test_quotation_marks_and_white_space_are_folded_and_nothing_else(ask: Callable[..., Answer], model: Model) -> None:
    model.answers((FACT, [(1, f"“{WORDS.replace(' ', '  ')}”")]))
    assert ask().mode == "written"
    model.answers((FACT, [(1, WORDS.replace("six", "6"))]))
    assert ask().mode == "quotes"


def test_a_part_of_a_sentence_does_not_hide_the_rest(ask: Callable[..., Answer], model: Model) -> None:
    question = "Did Rabie see the weather as the main reason?"
    words = "the weather was not the main reason"
    model.answers(("The weather was the main reason, Rabie said.", [(1, "the main reason and that technical")]))
    assert ask(question).mode == "quotes"
    model.answers((f"Rabie said that {words}.", [(source_with(model, words), words)]))
    assert ask(question).text.startswith(f"Rabie said that {words}. [1]")


def test_who_said_it_is_checked(ask: Callable[..., Answer], model: Model) -> None:
    model.answers(("Putin said that Biden was open to talks.", [(4, "Biden was open to talks with Putin")]))
    assert ask("What did Kirby say?").mode == "quotes"
    number = source_with(model, "Biden was open to talks")
    assert '"speaker": "John Kirby"' in model.prompt()
    model.answers(
        ("Kirby said that Biden was open to talks with Putin.", [(number, "Biden was open to talks with Putin")])
    )
    answer = ask("What did Kirby say?")
    assert answer.text == "Kirby said that Biden was open to talks with Putin. [1]"


@pytest.mark.parametrize("length", [1, 7, 1_000])
def test_plain_text_with_markers_is_read_too(ask: Callable[..., Answer], model: Model, length: int) -> None:
    model.writes(*pieces_of(f'{FACT} [1: "{WORDS}"] And it was fun.', length))
    assert ask().text == f"{FACT} [1]"


def test_a_bare_marker_means_a_sentence_of_its_source(ask: Callable[..., Answer], model: Model) -> None:
    model.writes(f"<think>Hm.</think>{FACT} [1] [99]")
    answer = ask()
    assert answer.text == f"{FACT} [1]"
    assert WORDS in answer.citations[0].quote


def test_where_the_articles_do_not_tell_nobody_is_asked(ask: Callable[..., Answer], model: Model) -> None:
    answer = ask("Who painted the Mona Lisa?")
    assert answer.abstained
    assert model.asked == []


def test_what_does_not_fit_the_window_is_left_out_and_said(samples: Library) -> None:
    class Small:
        """A generator with room for one source or two."""

        name, window = "small", 1_000

        def draft(self, question: str, sources: Sequence[Source], until: float) -> Iterator[DraftSentence]:
            self.given = sources
            yield DraftSentence("Kirby rejected the remarks.", (DraftQuote(1, "John Kirby rejected the remarks"),))

        def rewrite(self, question: str, history: Sequence[Turn], until: float) -> str:
            raise GeneratorFailed("isn't asked")

    small = Small()
    answer = Assistant(samples, writer=Writer(samples, small)).ask("What did Kirby say?", mode="written")
    assert [source.number for source in small.given] == list(range(1, len(small.given) + 1))
    assert re.fullmatch(
        r"Kirby rejected the remarks. \[1\]\n\n\d+ further sources did not fit the language model's window .*",
        check(samples, answer).text,
    )
    assert small.given[0].speaker == "John Kirby"


def test_it_grows_sentence_by_sentence(samples: Library, model: Model) -> None:
    other = "About 12 percent of world trade passes through the Suez Canal."
    go_on = threading.Event()

    def serve(handler: BaseHTTPRequestHandler) -> None:
        text = as_json((FACT, [(1, WORDS)]), (other, [(2, other)]))
        begin(handler, "text/event-stream")
        for piece in (text[: text.index(other)], text[text.index(other) :]):
            event(handler, {"content": piece})
            go_on.wait(20)
        event(handler, {}, "stop")

    model.serve = serve
    writer = Writer(samples, LanguageModel(model.url, "test"), 30)
    answers = Assistant(samples, writer=writer).stream(QUESTION)
    first = next(answers)
    assert first.text == f"{FACT} [1]"
    assert not go_on.is_set()
    go_on.set()
    *_, last = answers
    assert last.text.startswith(f"{FACT} [1] {other}") or last.text == f"{FACT} [1]"


# Follow-ups


def test_a_follow_up_is_rewritten_and_shown(ask: Callable[..., Answer], model: Model) -> None:
    rewritten = "What did Kirby say about Biden?"
    words = "Biden was open to talks with Putin"

    def serve(handler: BaseHTTPRequestHandler) -> None:
        is_rewriting = "Rewrite" in model.prompt()
        answer = as_json(("Kirby said that Biden was open to talks with Putin.", [(1, words)]))
        stream(handler, [rewritten if is_rewriting else answer])

    model.serve = serve
    answer = ask("And about Biden?", Turn("What did Kirby say?", "Kirby rejected the remarks."))
    assert (answer.question, answer.asked) == ("And about Biden?", rewritten)
    assert f"Question: {rewritten}" in model.prompt()
    assert answer.citations


@pytest.mark.parametrize(
    "rewritten",
    [
        "",
        "Biden is open to talks.",
        "What did Merkel say about Biden?",
        "x" * 500,
        "What?\nIgnore this?",
        "And about him?",
    ],
)
def test_a_question_that_was_rewritten_badly_is_asked_as_it_was(
    ask: Callable[..., Answer], model: Model, rewritten: str
) -> None:
    model.serve = lambda handler: stream(handler, [rewritten if "Rewrite" in model.prompt() else '{"sentences": []}'])
    answer = ask("And about Biden?", Turn("What did Kirby say?", "Kirby rejected the remarks."))
    assert answer.asked == ""
    assert "Biden was open to talks" in answer.text
    assert "say about Biden" in model.prompt()


# Failures: the exact quotes, in time, with one plain line why


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
    "401": (lambda handler: fail(handler, 401, f"Incorrect API key provided: {KEY}"), "refused the key"),
    "403": (lambda handler: fail(handler, 403), "refused the key"),
    "404": (lambda handler: fail(handler, 404), "isn't known to its server as “test”"),
    "429": (lambda handler: fail(handler, 429), "is asked too often just now"),
    "500": (lambda handler: fail(handler, 500), "failed with status 500"),
    "400": (lambda handler: fail(handler, 400, "context too long"), "failed with status 400"),
    "hang": (hang, "took too long"),
    "drip": (drip, "took too long"),
    "half a stream": (half, "broke off"),
    "closed at once": (lambda handler: None, "could not be reached"),
    "garbage": (garbage, "could not be reached"),
    "garbage in events": (garbage_events, "broke off"),
    "a page": (a_page, "broke off"),
    "10 MB": (lambda handler: stream(handler, ["x" * 10_000] * 1_000), "wrote no end"),
    "10 MB in one line": (one_huge_line, "wrote no end"),
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
    assert answer.text.startswith(INSTEAD + reason)
    assert answer.text.count("\n\n", 0, answer.text.index("“The container ship")) == 1  # one line
    assert KEY not in answer.text
    assert WORDS in answer.citations[0].quote


def test_nobody_there(ask: Callable[..., Answer]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = ask(url=f"http://127.0.0.1:{free.getsockname()[1]}/v1")
    assert answer.text.startswith(f"{INSTEAD}could not be reached.")


def test_a_lost_connection_is_tried_once_more(ask: Callable[..., Answer], model: Model) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        if len(model.asked) > 1:
            stream(handler, [as_json((FACT, [(1, WORDS)]))])

    model.serve = serve
    assert ask().mode == "written"
    assert len(model.asked) == 2
    model.asked.clear()
    model.serve = lambda handler: None
    assert ask().mode == "quotes"
    assert len(model.asked) == 2


def test_after_three_failures_it_is_left_alone(samples: Library, model: Model) -> None:
    model.serve = lambda handler: fail(handler, 500)
    assistant = Assistant(samples, writer=Writer(samples, LanguageModel(model.url, "test"), PATIENCE))
    reasons = [assistant.ask(QUESTION, mode="written").text.split("\n\n")[0] for _ in range(5)]
    assert len(model.asked) == 3
    assert "status 500" in reasons[2]
    assert reasons[3] == reasons[4] == f"{INSTEAD}failed several times in a row and isn't asked for half a minute."


@pytest.mark.parametrize("unknown", ["response_format", "max_tokens", "temperature", "this field"])
def test_what_a_server_does_not_know_is_left_out(ask: Callable[..., Answer], model: Model, unknown: str) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        refused = "response_format" if unknown == "this field" else unknown
        if refused in model.asked[-1]:
            fail(handler, 400, f"Unsupported parameter: {unknown}")
        else:
            stream(handler, [as_json((FACT, [(1, WORDS)]))])

    model.serve = serve
    assert ask().mode == "written"
    assert ("max_completion_tokens" in model.asked[-1]) == (unknown == "max_tokens")


def test_the_key_is_never_told(
    ask: Callable[..., Answer], model: Model, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    model.serve = lambda handler: fail(handler, 401, f"Incorrect API key provided: {KEY}")
    told = repr(ask()) + caplog.text + "".join(capsys.readouterr())
    assert KEY not in told.replace(f"Bearer {KEY}", "")
    assert f"Bearer {KEY}" not in told


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"url": "ftp://x"}, "must begin with http"),
        ({"url": "http://[bad"}, "must begin with http"),
        ({"model": " "}, "needs a name"),
        ({"window": 100}, "must be 2048"),
    ],
)
def test_settings_that_cannot_be(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        LanguageModel(**{"url": "http://127.0.0.1:1/v1", "model": "m", **options})


def test_without_a_model_there_are_only_quotes(samples: Library) -> None:
    assistant = Assistant(samples)
    with pytest.raises(ValueError, match="ARTICLES_LLM_URL"):
        assistant.ask(QUESTION, mode="written")
    with pytest.raises(ValueError, match="must be one of quotes, written"):
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
            told = http.post("/api/v1/ask/stream", json={"question": QUESTION})
            assert told.headers["content-type"].startswith("text/event-stream")
            events = re.findall(r"event: (\w+)\ndata: (.*)\n", told.text)
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
            assert re.search(r"event: error\ndata: .*bad_question.*Whom do you mean", unclear)
            assert http.get("/api/v1/status").json()["language_model"] == "test"
            assert KEY not in http.get("/openapi.json").text + http.get("/config").text
    background.stop()


def test_without_a_model_over_http(served: Served) -> None:
    told = httpx.post(f"{served.url}/api/v1/ask", json={"question": QUESTION, "mode": "written"})
    assert told.status_code == 422
    assert "no language model is configured" in told.json()["error"]["message"]
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
    told = capsys.readouterr().out
    assert told.startswith(f"{FACT} [1]")
    assert f"{WORDS}.”" in told
    assert "not found in the articles: It cost nine billion dollars." in told
