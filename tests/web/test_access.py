"""Logging in and out: sessions, wrong tokens, and what browsers must not store."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.conftest import serve
from web.guard import Guard

TOKEN = "a-secret-of-some-length"


def index(_: object) -> PlainTextResponse:
    return PlainTextResponse("welcome")


@pytest.fixture
def url() -> Iterator[str]:
    yield from serve(Guard(Starlette(routes=[Route("/", index)]), TOKEN))


def log_in(url: str, client: str = "192.0.2.1", token: str = TOKEN) -> httpx.Response:
    return httpx.post(f"{url}/login", data={"token": token}, headers={"X-Forwarded-For": client})


def status(url: str, cookie: str) -> int:
    return httpx.get(url, headers={"Cookie": f"articles_session={cookie}"}).status_code


def test_each_login_has_a_session_that_ends_with_the_logout(url: str) -> None:
    first, second = (log_in(url).cookies["articles_session"] for _ in range(2))
    assert first != second
    assert (status(url, first), status(url, second)) == (200, 200)
    out = httpx.post(f"{url}/logout", headers={"Cookie": f"articles_session={first}"})
    assert (out.status_code, out.headers["location"]) == (303, "/login")
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert (status(url, first), status(url, second)) == (401, 200)


def test_a_session_belongs_to_one_server(url: str) -> None:
    cookie = log_in(url).cookies["articles_session"]
    for other in serve(Guard(Starlette(routes=[Route("/", index)]), TOKEN)):
        assert status(other, cookie) == 401


def test_the_form_offers_to_log_out(url: str) -> None:
    assert "Log out" not in httpx.get(f"{url}/login").text
    cookie = log_in(url).cookies["articles_session"]
    page = httpx.get(f"{url}/login", headers={"Cookie": f"articles_session={cookie}"})
    assert 'action="/logout"' in page.text


def test_nothing_about_logins_is_stored(url: str) -> None:
    for response in (httpx.get(f"{url}/login"), log_in(url), log_in(url, token="wrong"), httpx.post(f"{url}/logout")):
        assert response.headers["cache-control"] == "no-store"
        assert TOKEN not in response.text + str(response.headers)


def test_wrong_tokens_are_counted_and_logged_without_their_text(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    statuses = [log_in(url, token=f"wrong-guess-{number}").status_code for number in range(8)]
    assert statuses == [401] * 5 + [429] * 3
    refused = log_in(url)  # even the right one, or waiting would be for nothing
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_tries")
    assert 1 <= int(refused.headers["retry-after"]) <= 12
    assert log_in(url, client="192.0.2.2").status_code == 303
    assert "Wrong token from 192.0.2.1" in caplog.text
    assert "wrong-guess" not in caplog.text


def test_bearer_tokens_are_tries_too(url: str) -> None:
    headers = {"Authorization": "Bearer wrong", "X-Forwarded-For": "192.0.2.3"}
    assert [httpx.get(url, headers=headers).status_code for _ in range(7)] == [401] * 5 + [429] * 2
    missing = httpx.get(url, headers={"X-Forwarded-For": "192.0.2.3"})
    assert missing.status_code == 401


def test_addresses_of_one_network_are_one_client(url: str) -> None:
    statuses = [log_in(url, client=f"2001:db8::{number}", token="wrong").status_code for number in range(1, 7)]
    assert statuses == [401] * 5 + [429]
    assert log_in(url, client="2001:db8:0:1::1").status_code == 303


def test_a_login_that_is_too_large_is_refused(url: str) -> None:
    response = httpx.post(f"{url}/login", content=b"token=" + b"x" * 20_000)
    assert (response.status_code, response.headers["cache-control"]) == (413, "no-store")
