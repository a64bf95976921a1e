"""The OpenAI-compatible API, used by the real `openai` client."""

from __future__ import annotations

import json
from typing import Any

import httpx
import numpy as np
import openai
import pytest

from index.chunking import cl100k
from tests.web.conftest import Doors
from tests.writing import FACT, QUESTION, WORDS
from web.limits import ASKING, MAX_EMBEDDED_AT_ONCE
from web.openai.conversation import question_of
from web.openai.schemas import Message
from web.openai.tasks import answer_task, without_context

QUOTES, WRITTEN = "articles-quotes", "articles-written"
QUOTE = "The container ship Ever Given was freed on Monday after blocking the Suez Canal for six days."
TASK = """### Task:
Do something with the chat history.
### Output:
{output}
### Chat History:
<chat_history>
USER: What blocked the Suez Canal?
ASSISTANT: “The container ship …” [1]
USER: And who freed
the ship?
</chat_history>"""


@pytest.fixture(scope="module")
def client(doors: Doors) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{doors.url}/v1", api_key=doors.token, max_retries=0, timeout=60)


def user(content: Any) -> Any:
    return {"role": "user", "content": content}


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == [QUOTES, WRITTEN]
    assert client.models.retrieve(WRITTEN).object == "model"
    assert client.models.retrieve("articles-embedder").id == "articles-embedder"
    with pytest.raises(openai.NotFoundError, match="“a/b” doesn't exist") as caught:
        client.models.retrieve("a/b")
    assert (caught.value.code, caught.value.param) == ("model_not_found", "model")


def test_an_answer_has_quotes_markers_and_sources(client: openai.OpenAI, doors: Doors) -> None:
    done = client.chat.completions.create(model=QUOTES, messages=[user(QUESTION)], temperature=0.3, user="x")
    [choice] = done.choices
    text = choice.message.content or ""
    assert QUOTE in text
    assert "[1]" in text.partition("Sources:")[0]
    assert (
        "- [1] Container ship Ever Given freed after six days in Suez Canal · Sample articles · 29 March 2021" in text
    )
    assert choice.finish_reason == "stop"
    assert done.usage is not None
    assert done.usage.completion_tokens == len(cl100k().encode_ordinary(text))
    assert done.usage.prompt_tokens == len(cl100k().encode_ordinary(QUESTION))
    [first, *_] = (done.model_extra or {})["articles_answer"]["citations"]
    assert doors.library.article(first["article_id"]).text[first["start"] : first["end"]] == first["quote"] == QUOTE


def test_a_streamed_answer_is_the_same(client: openai.OpenAI, doors: Doors) -> None:
    whole = client.chat.completions.create(model=QUOTES, messages=[user(QUESTION)])
    options: Any = {"include_usage": True}
    stream = client.chat.completions.create(
        model=QUOTES, messages=[user(QUESTION)], stream=True, stream_options=options
    )
    *chunks, last = list(stream)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == whole.choices[0].message.content
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert (last.choices, last.usage) == ([], whole.usage)
    extra, same = chunks[-1].model_extra or {}, whole.model_extra or {}
    assert extra["articles_answer"] == same["articles_answer"]
    body = {"model": QUOTES, "messages": [user(QUESTION)], "stream": True}
    raw = httpx.post(f"{doors.url}/v1/chat/completions", json=body, headers=doors.bearer)
    assert raw.headers["content-type"].startswith("text/event-stream")
    assert raw.headers["cache-control"] == "no-store"
    assert raw.text.endswith("data: [DONE]\n\n")
    assert '"usage"' not in raw.text


def test_written_answers_stream_sentence_by_sentence(client: openai.OpenAI, doors: Doors) -> None:
    other = "About 12 percent of world trade passes through the Suez Canal."
    doors.model.answers((FACT, [(1, WORDS)]), (other, [(number, other) for number in range(1, 6)]))
    stream = client.chat.completions.create(model=WRITTEN, messages=[user(QUESTION)], stream=True)
    pieces = [piece for chunk in stream if (piece := chunk.choices[0].delta.content)]
    assert pieces[0] == f"{FACT} [1]"
    assert pieces[1].startswith(f" {other}")
    assert pieces[-1].startswith("\n\nSources:")


def test_a_written_answer_that_fails_becomes_quotes(client: openai.OpenAI, doors: Doors) -> None:
    doors.model.writes("nothing that can be used")
    done = client.chat.completions.create(model=WRITTEN, messages=[user(QUESTION)])
    assert QUOTE in (done.choices[0].message.content or "")


def test_the_conversation_is_understood(client: openai.OpenAI) -> None:
    first = client.chat.completions.create(model=QUOTES, messages=[user("What did Putin say about the war?")])
    answer: Any = {"role": "assistant", "content": first.choices[0].message.content}
    system: Any = {"role": "system", "content": "You are a pirate."}
    parts = [{"type": "text", "text": "What did he say"}, {"type": "text", "text": "about Patriot missiles?"}]
    messages = [system, user("What did Putin say about the war?"), answer, user(parts)]
    second = client.chat.completions.create(model=QUOTES, messages=messages)
    assert "Putin" in (second.choices[0].message.content or "")


def test_a_filter_selects_articles(client: openai.OpenAI) -> None:
    for where, is_found in (({"until": "2015-12-31"}, False), ({"since": "2021-01-01"}, True)):
        done = client.chat.completions.create(model=QUOTES, messages=[user(QUESTION)], extra_body={"where": where})
        assert (QUOTE in (done.choices[0].message.content or "")) == is_found


def test_messages_become_turns() -> None:
    def message(role: str, text: str) -> Message:
        return Message.model_validate({"role": role, "content": text})

    question, turns = question_of(
        [
            message("system", "x"),
            message("user", "One?"),
            message("assistant", "“1” [1]\n\nSources:\n\n- [1] A"),
            message("tool", "x"),
            message("user", "Two?"),
            message("user", "Three?"),
        ]
    )
    assert question == "Three?"
    assert [(turn.question, turn.answer) for turn in turns] == [("One?", "“1” [1]"), ("Two?", "")]


@pytest.mark.parametrize(
    ("output", "field", "value"),
    [
        ('JSON format: { "title": "your concise title here" }', "title", "What blocked the Suez Canal"),
        ('JSON format: { "tags": ["tag1", "tag2"] }', "tags", ["Suez Canal"]),
        ('{ "queries": ["query1"] }', "queries", ["And who freed the ship?"]),
        ('JSON format: { "text": "<completion>" }', "text", ""),
    ],
)
def test_prompts_of_chat_programs_are_answered(client: openai.OpenAI, output: str, field: str, value: object) -> None:
    prompt = TASK.replace("{output}", output)
    for is_stream in (False, True):
        done: Any = client.chat.completions.create(model=QUOTES, messages=[user(prompt)], stream=is_stream)
        pieces = [chunk.choices[0].delta.content or "" for chunk in done] if is_stream else []
        text = "".join(pieces) if is_stream else done.choices[0].message.content
        assert json.loads(text) == {field: value}


def test_follow_up_questions_can_be_answered(client: openai.OpenAI) -> None:
    prompt = TASK.replace("{output}", 'JSON format: { "follow_ups": ["Question 1?"] }')
    done = client.chat.completions.create(model=QUOTES, messages=[user(prompt)])
    [first, *_] = json.loads(done.choices[0].message.content or "")["follow_ups"]
    answered = client.chat.completions.create(model=QUOTES, messages=[user(first)])
    assert (answered.model_extra or {})["articles_answer"]["citations"]


def test_a_task_without_a_conversation_is_a_question(doors: Doors) -> None:
    from rag import Assistant

    assistant = Assistant(doors.library)
    assert answer_task(assistant, "### Task: what blocked the Suez Canal?") is None
    assert answer_task(assistant, TASK.replace("{output}", "Return ONLY the title.")) == "What blocked the Suez Canal"
    wrapped = "### Task:\nRespond with the context.\n<context>\n<source>x</source>\n</context>\n\nWho won?"
    assert without_context(wrapped) == "Who won?"
    assert without_context("Who won?") == "Who won?"


def test_embeddings_are_the_library_s_own(client: openai.OpenAI, doors: Doors) -> None:
    embedder = doors.library.embedder
    texts = ["The Suez Canal was blocked.", "An air raid"]
    for given in (texts, [cl100k().encode_ordinary(text) for text in texts]):
        for encoding in ("float", "base64"):
            made = client.embeddings.create(model=embedder.name, input=given, encoding_format=encoding)  # type: ignore[call-overload]
            vectors = made.data
            if encoding == "base64":
                import base64

                vectors = [np.frombuffer(base64.b64decode(one.embedding), dtype="<f4") for one in vectors]
            else:
                vectors = [np.array(one.embedding) for one in vectors]
            for text, vector in zip(texts, vectors, strict=True):
                assert np.allclose(vector, embedder.embed_question(text), atol=0.02)
    made = client.embeddings.create(model="articles-embedder", input="one text")  # the client asks for base64 by itself
    assert len(made.data[0].embedding) == embedder.dim
    assert made.usage.prompt_tokens == 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"input": ""}, "input is empty"),
        ({"input": []}, "input is empty"),
        ({"input": ["a", " "]}, "input is empty"),
        ({"input": ["a"] * (MAX_EMBEDDED_AT_ONCE + 1)}, f"at most {MAX_EMBEDDED_AT_ONCE}"),
        ({"input": "word " * 2_000}, "reads at most 254"),
        ({"input": [4_000_000_000]}, "tokens"),
        ({"input": [-1]}, "input"),
        ({"input": "a", "dimensions": 100}, "dimensions is 100"),
        ({"input": {"a": 1}}, "input"),
        ({"input": "a", "encoding_format": "hex"}, "encoding_format"),
    ],
)
def test_embeddings_refuse_bad_input(doors: Doors, body: dict[str, Any], message: str) -> None:
    response = httpx.post(
        f"{doors.url}/v1/embeddings", json={"model": "articles-embedder", **body}, headers=doors.bearer, timeout=60
    )
    assert response.status_code == 400
    assert message in error_of(response)["message"]


def error_of(response: httpx.Response) -> dict[str, Any]:
    """The error of a response, which has OpenAI's form."""
    error: dict[str, Any] = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"]
    return error


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        ({}, 400, "model"),
        ({"model": QUOTES}, 400, "messages"),
        ({"model": QUOTES, "messages": []}, 400, "messages"),
        ({"model": QUOTES, "messages": "hello"}, 400, "messages"),
        ({"model": QUOTES, "messages": [{"role": "wizard", "content": "x"}]}, 400, "messages.0.role"),
        ({"model": QUOTES, "messages": [user(5)]}, 400, "messages.0.content"),
        ({"model": QUOTES, "messages": [user(None)]}, 400, "messages"),
        ({"model": QUOTES, "messages": [user("?!")]}, 400, "messages"),
        ({"model": QUOTES, "messages": [user("why " * 500)]}, 400, "messages"),
        ({"model": QUOTES, "messages": [user("\ud800")]}, 400, "messages"),
        ({"model": QUOTES, "messages": [{"role": "system", "content": "x"}]}, 400, "messages"),
        ({"model": QUOTES, "messages": [user("a"), {"role": "assistant", "content": "b"}]}, 400, "messages"),
        ({"model": QUOTES, "messages": [user([{"type": "image_url", "image_url": {"url": "x"}}])]}, 400, "messages"),
        ({"model": QUOTES, "messages": [user("What?")], "n": 2}, 400, "n"),
        ({"model": QUOTES, "messages": [user("What did he say?")]}, 400, "messages"),
        ({"model": QUOTES, "messages": [user("What?")], "where": {"outlet": "x"}}, 400, "where"),
        ({"model": QUOTES, "messages": [user("What?")], "where": {"since": "2022"}}, 400, "where.since"),
        ({"model": QUOTES, "messages": [user("What?")], "where": {"languages": ["klingon!"]}}, 400, "where"),
        ({"model": "gpt-4o", "messages": [user("What?")]}, 404, "model"),
        ([], 400, None),
    ],
)
def test_bad_requests_are_refused_in_openai_s_form(doors: Doors, body: Any, status: int, param: str | None) -> None:
    for is_stream in (False, True):
        sent = {**body, "stream": is_stream} if isinstance(body, dict) else body
        response = httpx.post(
            f"{doors.url}/v1/chat/completions", content=json.dumps(sent), headers=doors.bearer, timeout=60
        )
        error = error_of(response)
        assert (response.status_code, error["param"], error["type"]) == (status, param, "invalid_request_error")


def test_other_refusals_have_openai_s_form(doors: Doors, client: openai.OpenAI) -> None:
    with pytest.raises(openai.AuthenticationError, match="requires a token"):
        client.with_options(api_key="wrong").models.list()
    url = f"{doors.url}/v1/chat/completions"
    for kind, status, options in (
        ("authentication_error", 401, {"headers": {}}),
        ("invalid_request_error", 413, {"content": b"[" * 300_000}),
        ("invalid_request_error", 400, {"content": b"[" * 100_000}),
        ("invalid_request_error", 400, {"content": b"\xff"}),
        ("permission_error", 403, {"headers": {**doors.bearer, "Origin": "http://evil.example"}}),
    ):
        response = httpx.post(url, **{"headers": doors.bearer, "content": b"{}", **options})
        assert (response.status_code, error_of(response)["type"]) == (status, kind)
    missing = httpx.get(f"{doors.url}/v1/nothing", headers=doors.bearer)
    assert (missing.status_code, error_of(missing)["code"]) == (404, "not_found")
    wrong = httpx.get(url, headers=doors.bearer)
    assert (wrong.status_code, wrong.headers["allow"], error_of(wrong)["code"]) == (405, "POST", "method_not_allowed")


def test_too_many_requests_are_refused_in_openai_s_form(doors: Doors) -> None:
    from concurrent.futures import ThreadPoolExecutor

    body = {"model": QUOTES, "messages": [user(QUESTION)]}
    headers = {**doors.bearer, "X-Forwarded-For": "192.0.2.77"}
    with httpx.Client(headers=headers, timeout=60) as http, ThreadPoolExecutor(40) as pool:
        responses = list(pool.map(lambda _: http.post(f"{doors.url}/v1/chat/completions", json=body), range(40)))
    refused = [response for response in responses if response.status_code != 200]
    assert len(responses) - len(refused) >= ASKING.per_client
    for response in refused:
        assert (response.status_code, error_of(response)["type"]) == (429, "rate_limit_error")
        assert int(response.headers["retry-after"]) >= 1
