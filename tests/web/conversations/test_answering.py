"""Questions of conversations are answered in turn, whoever looks on, and stopped where asked to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest

from index import Library
from rag import Assistant, LanguageModel, Writer
from tests.conftest import Served
from tests.model_server import Model, as_json, pieces_of, stream
from tests.writing import FACT, WORDS
from web.conversations import Answering, Conversations, LiveAnswer, QueueFull, Suggestions
from web.conversations.answering import MAX_WAITING

WAIT = 60.0


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path)


def wait_for(live: LiveAnswer) -> LiveAnswer:
    assert live.ended.wait(WAIT)
    return live


def test_answers_follow_each_other_and_are_kept(assistant: Assistant, kept: Conversations) -> None:
    answering = Answering(assistant.library, assistant, kept, lambda: True, lambda: True)
    conversation = kept.create("What did Kirby say?")
    lives = [
        answering.ask(conversation.id, question, "quotes")
        for question in ("What did Kirby say?", "And about Biden?", "?!", "written?")
    ]
    for live in lives:
        wait_for(live)
    first, second, third, _ = kept.exchanges(conversation.id)
    assert [one.state for one in (first, second, third)] == ["answered", "answered", "failed"]
    follow_up = second.stored()
    assert follow_up
    assert "Biden was open to talks" in follow_up.answer.text
    assert third.notice.startswith("Please type a question")
    assert answering.live(first) is None


def test_a_question_waits_for_the_models_with_a_reason(assistant: Assistant, kept: Conversations) -> None:
    loaded = threading.Event()
    answering = Answering(assistant.library, assistant, kept, loaded.is_set, loaded.wait)
    conversation = kept.create("?")
    live = answering.ask(conversation.id, "What did Kirby say?", "quotes")
    deadline = threading.Event()
    while "models are still loading" not in live.step.reason:
        assert not deadline.wait(0.01)
    kept.delete(conversation.id)  # meanwhile
    loaded.set()
    wait_for(live)
    kept.restore(conversation.id)
    assert kept.exchange(conversation.id, 1).state == "answered"


def test_stopping_keeps_what_is_written(samples: Library, kept: Conversations, model: Model) -> None:
    go_on = threading.Event()

    def write_half(handler: BaseHTTPRequestHandler) -> None:
        pieces = pieces_of(as_json((FACT, [(1, WORDS)]), (FACT, [(1, WORDS)])))

        def slowly() -> Iterator[str]:
            yield from pieces[:-3]
            go_on.wait(WAIT)
            yield from pieces[-3:]

        stream(handler, slowly())  # type: ignore[arg-type]

    model.serve = write_half
    writer = Writer(samples, LanguageModel(model.url, "test"), WAIT)
    answering = Answering(samples, Assistant(samples, writer=writer), kept, lambda: True, lambda: True)
    conversation = kept.create("?")
    live = answering.ask(conversation.id, "What blocked the Suez Canal?", "written")
    after = answering.ask(conversation.id, "What did Kirby say?", "quotes")
    pause = threading.Event()
    while live.step.answer is None:
        assert not live.ended.is_set()
        pause.wait(0.01)
    answering.stop(conversation.id, live.exchange.number)
    assert wait_for(live).step.state == "stopped"
    go_on.set()
    wait_for(after)
    stopped = kept.exchange(conversation.id, 1)
    assert stopped.state == "stopped"
    assert (answer := stopped.stored())
    assert answer.answer.text.startswith(FACT)


def test_too_many_questions_are_refused(assistant: Assistant, kept: Conversations) -> None:
    loaded = threading.Event()
    answering = Answering(assistant.library, assistant, kept, loaded.is_set, loaded.wait)
    conversation = kept.create("?")
    lives = [answering.ask(conversation.id, "?!", "quotes") for _ in range(MAX_WAITING)]
    with pytest.raises(QueueFull):
        answering.ask(conversation.id, "?!", "quotes")
    assert len(kept.exchanges(conversation.id)) == MAX_WAITING
    answering.stop(conversation.id)
    loaded.set()
    assert {wait_for(live).step.state for live in lives} == {"stopped"}


def test_suggestions_are_of_this_library_and_have_quotes(assistant: Assistant, library: Library) -> None:
    suggestions = Suggestions(assistant.library, assistant)
    answer = assistant.ask("What did Kirby say?")
    found = suggestions.after("What did Kirby say?", answer)
    assert 1 <= len(found) <= 3
    assert not any("Kirby" in question for question in found)
    assert all(assistant.ask(question).citations for question in suggestions.first())
    assert Suggestions(library, Assistant(library)).first() == []


def test_routes_of_the_page(served: Served) -> None:
    with httpx.Client(base_url=served.url, timeout=WAIT) as http:
        for path, status in (
            ("/page/conversations/none", 404),
            ("/page/conversations/none/turns/1/steps", 404),
            ("/page/conversations?wrong=1", 422),
            ("/c/none", 200),  # the page, which says that there is none
        ):
            assert http.get(path).status_code == status
        for body in ({}, {"question": "x" * 10_001}, {"question": "x", "mode": "loud"}, {"question": "x", "more": 1}):
            assert http.post("/page/ask", json=body).status_code == 422
        assert http.post("/page/ask", json={"question": "x", "conversation": "none"}).status_code == 404
        assert http.patch("/page/conversations/none", json={"title": "x"}).status_code == 404
        lines = http.post("/page/ask", json={"question": "<b>What did Kirby say?"}).text.splitlines()
        shown = json.loads(lines[-1])["turn"]["html"]
        assert "&#60;b&#62;" in shown
        assert "<b>" not in shown
        assert http.post("/page/ask", content=b'{"question": "\\ud800"}').status_code == 422
        assert http.get("/page/conversations").headers["cache-control"] == "no-store"
        bad = {"question": "x", "where": {"publishers": [""]}}
        assert "publishers contains ''" in http.post("/page/ask", json=bad).json()["error"]["message"]
        assert http.get("/page/filters").json()["publishers"] == ["Sample articles"]
        other_site = {"sec-fetch-site": "cross-site"}
        assert http.get("/page/conversations", headers=other_site).status_code == 403
        assert http.get("/c/none", headers=other_site).status_code == 200
