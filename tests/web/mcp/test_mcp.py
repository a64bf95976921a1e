"""The Model Context Protocol, used by the real client over HTTP and over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from index import Library
from tests.conftest import ROOT
from tests.web.conftest import Doors
from web.cli import main

QUESTION = "What blocked the Suez Canal?"
QUOTE = "The container ship Ever Given was freed on Monday after blocking the Suez Canal for six days."
TOOLS = ["ask", "search", "statements", "speakers", "list_articles"]
PATIENCE = 300.0  # seconds; models load in the process that is started

Use = Callable[[Client], Awaitable[None]]


def over_http(doors: Doors, use: Use, **headers: str) -> None:
    async def run() -> None:
        with anyio.fail_after(PATIENCE):
            async with (
                httpx2.AsyncClient(headers={**doors.bearer, **headers}, timeout=PATIENCE) as http,
                Client(streamable_http_client(f"{doors.url}/mcp", http_client=http)) as client,
            ):
                await use(client)

    anyio.run(run)


def over_stdio(library: Library, use: Use) -> None:
    command = ["-m", "web.cli", "mcp", "--library", str(library.directory)]
    server = StdioServerParameters(command=sys.executable, args=command, cwd=str(ROOT))

    async def run() -> None:
        with anyio.fail_after(PATIENCE):
            async with Client(stdio_client(server)) as client:
                await use(client)

    anyio.run(run)


async def call(client: Client, tool: str, **arguments: Any) -> tuple[str, Any]:
    """The text and the data of a result that isn't an error."""
    result = await client.call_tool(tool, arguments)
    [content] = result.content
    assert content.type == "text"
    assert not result.is_error, content.text
    return content.text, result.structured_content


async def refusal(client: Client, tool: str, **arguments: Any) -> str:
    """The message of a result that is an error."""
    result = await client.call_tool(tool, arguments)
    [content] = result.content
    assert content.type == "text"
    assert result.is_error, content.text
    return content.text


async def use_all(client: Client, library: Library) -> None:
    """What every transport has to do."""
    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == TOOLS
    assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools)

    text, data = await call(client, "ask", question=QUESTION)
    assert QUOTE in text
    assert len(text) < 700
    assert len(json.dumps(data)) < 1_000
    [citation] = data["citations"]
    assert "- [1] Container ship Ever Given freed after six days in Suez Canal" in text
    address = f"article://{citation['article_id']}"
    assert text.endswith(address)
    [article] = (await client.read_resource(address)).contents
    assert article.text[citation["start"] : citation["end"]] == QUOTE  # type: ignore[union-attr]
    assert article.text == library.article(citation["article_id"]).text  # type: ignore[union-attr]

    history = [{"question": "What did Putin say about the war?", "answer": "He wanted to end it."}]
    text, _ = await call(client, "ask", question="What did he say about Patriot missiles?", history=history)
    assert "Putin" in text
    text, data = await call(client, "ask", question="What is the price of eggs in Peru?")
    assert data["abstained"]
    assert "couldn't find an answer" in text

    text, data = await call(client, "search", query="Suez Canal", k=2)
    assert len(data["passages"]) == 2
    for passage in data["passages"]:
        assert library.article(passage["article_id"]).text[passage["start"] : passage["end"]] == passage["text"]
        assert passage["text"] in text
    text, data = await call(client, "statements", speaker="Putin", limit=2)
    assert (len(data["statements"]), data["total"] > 2) == (2, True)
    assert text.endswith(f"2 of {data['total']} statements")
    text, data = await call(client, "speakers", matching="obama")
    assert data["speakers"][0]["name"] == "Barack Obama"
    text, data = await call(client, "list_articles", limit=3, offset=1)
    assert len(data["articles"]) == 3
    assert text.count("article://") == 3


def test_over_http(doors: Doors) -> None:
    over_http(doors, lambda client: use_all(client, doors.library))


def test_over_standard_input_and_output(samples: Library) -> None:
    over_stdio(samples, lambda client: use_all(client, samples))


def test_nothing_but_messages_is_printed(samples: Library) -> None:
    """Also while the models load, and whatever the client sends."""
    command = [sys.executable, "-m", "web.cli", "mcp", "--library", str(samples.directory)]
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}),
        "not JSON",
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}),
        json.dumps({"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "list_articles"}}),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        process.stdin.write("\n".join(lines) + "\n")
        process.stdin.flush()
        answers: dict[int, Any] = {}
        while 3 not in answers:
            message = json.loads(process.stdout.readline())
            answers[message.get("id") or 0] = message
        process.stdin.close()
        rest = process.stdout.read()
        assert process.wait(PATIENCE) == 0
        timer.cancel()
    assert rest == ""
    assert answers[1]["result"]["serverInfo"]["name"] == "ask-the-articles"
    assert "never instructions" in answers[1]["result"]["instructions"]


def test_a_missing_library_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--library", str(tmp_path / "none")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "--library DIR" in printed.err


def test_reasons_of_failures_reach_the_client(doors: Doors) -> None:
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("ask", {"question": ""}, "Please type a question."),
        ("ask", {"question": "x" * 5_000}, "too long (5,000 of 1,000 characters)"),
        ("ask", {"question": "What did he say?"}, "Please use a name"),
        ("ask", {}, "question: Field required"),
        ("ask", {"question": 5}, "question: Input should be a valid string"),
        ("ask", {"question": "Why?", "mode": "loud"}, "mode: Input should be 'quotes' or 'written'"),
        ("ask", {"question": "Why?", "history": [{"q": 1}]}, "history.0.question: Field required"),
        ("ask", {"question": "Why?", "outlet": "x"}, "Unknown argument “outlet”. Known here: question"),
        ("search", {"query": "?!"}, "Please type a question."),
        ("search", {"query": "x", "k": 0}, "k: Input should be greater than or equal to 1"),
        ("statements", {"offset": 10**30}, "offset: Input should be less than"),
        ("statements", {"about": ""}, "Please type a question."),
        ("speakers", {"matching": "x" * 2_000}, "matching: String should have at most 1000 characters"),
        ("nothing", {}, "Unknown tool: nothing"),
    ]

    async def use(client: Client) -> None:
        for tool, arguments, reason in cases:
            message = await refusal(client, tool, **arguments)
            assert reason in message, (tool, arguments)
            assert "pydantic" not in message
        for address in ("article://999", "article://x", "article://-1", f"article://{'9' * 30}", "file:///etc/passwd"):
            with pytest.raises(MCPError):
                await client.read_resource(address)

    over_http(doors, use)


def test_filters(doors: Doors) -> None:
    async def use(client: Client) -> None:
        first = {"until": "2015-07-31"}
        _, data = await call(client, "list_articles", where=first)
        assert data["total"] == 1
        [only] = [article["id"] for article in data["articles"]]
        _, data = await call(client, "search", query="Suez Canal", where=first)
        assert {passage["article_id"] for passage in data["passages"]} == {only}
        _, data = await call(client, "statements", where={"article_ids": [only]}, limit=100)
        assert {statement["article_id"] for statement in data["statements"]} == {only}
        _, data = await call(client, "ask", question=QUESTION, where=first)
        assert data["abstained"]
        assert "outlet" in await refusal(client, "ask", question=QUESTION, where={"outlet": "x"})
        assert "since" in await refusal(client, "search", query="x", where={"since": "yesterday"})
        assert "klingon!" in await refusal(client, "search", query="x", where={"languages": ["klingon!"]})

    over_http(doors, use)


def test_too_many_questions_are_refused_with_the_reason(doors: Doors) -> None:
    async def use(client: Client) -> None:
        messages: list[str] = []

        async def ask() -> None:
            result = await client.call_tool("ask", {"question": QUESTION})
            messages.append(result.content[0].text)  # type: ignore[union-attr]

        async with anyio.create_task_group() as tasks:
            for _ in range(40):
                tasks.start_soon(ask)
        answered = [message for message in messages if QUOTE in message]
        assert len(answered) >= 16
        assert all("Try again in" in message for message in messages if message not in answered)

    over_http(doors, use, **{"X-Forwarded-For": "192.0.2.78"})


def test_the_guard_protects_it(doors: Doors) -> None:
    url = f"{doors.url}/mcp"
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    for status, code, options in (
        (401, "unauthorized", {"headers": accept}),
        (401, "unauthorized", {"headers": {**accept, "Authorization": "Bearer wrong"}}),
        (403, "cross_site", {"headers": {**accept, **doors.bearer, "Origin": "http://evil.example"}}),
        (413, "too_large", {"headers": {**accept, **doors.bearer}, "content": b" " * 300_000, "json": None}),
    ):
        response = httpx.post(url, **{"json": message, **options})
        assert response.status_code == status
        error = response.json()
        assert (error["jsonrpc"], error["id"], error["error"]["data"]["code"]) == ("2.0", None, code)
        assert error["error"]["message"]
    for method in ("GET", "DELETE", "PUT", "OPTIONS"):
        response = httpx.request(method, url, headers={**accept, **doors.bearer})
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
        assert response.json()["error"]["data"]["code"] == "method_not_allowed"
    served = httpx.post(url, json=message, headers={**accept, **doors.bearer})
    assert served.headers["cache-control"] == "no-store"
    for content in (b"", b"[", b"[" * 100_000, b"\xff", b"[]", b'{"jsonrpc": "2.0", "id": 1}', b"5"):
        headers = {**accept, **doors.bearer, "Content-Type": "application/json"}
        response = httpx.post(url, content=content, headers=headers)
        assert response.status_code == 400
        assert response.json()["error"]["message"]
