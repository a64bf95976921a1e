"""Named tokens over a real server: hashes, sessions, revoking, rates and sizes; and the commands that make them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import apsw
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.conftest import serve
from web.access import Changes, NamedTokens, Role, TokenError, access_file, needs
from web.cli import main
from web.guard import Guard
from web.state import StateFailed


@needs(Role.READ)
async def read(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@needs(Role.WRITE)
def write(_: object) -> PlainTextResponse:
    return PlainTextResponse("done")


@needs(Role.READ, counts=False)
def page_file(_: object) -> PlainTextResponse:
    return PlainTextResponse("file")


ROUTES = [
    Route("/", read, methods=["GET", "POST"]),
    Route("/things/{name}", write, methods=["GET", "POST"]),
    Route("/file", page_file),
]


@pytest.fixture
def tokens(tmp_path: Path) -> NamedTokens:
    return NamedTokens(access_file(tmp_path))


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """A server that has a connection of its own to the file of the tokens."""
    yield from serve(Guard(Starlette(routes=ROUTES), access_file=access_file(tmp_path)))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_server_without_tokens_is_open_until_the_first_one_is_made(url: str, tokens: NamedTokens) -> None:
    assert httpx.get(url).status_code == 200
    token = tokens.add("alice", Role.READ)
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, headers=bearer(token)).status_code == 200
    tokens.revoke("alice")
    assert httpx.get(url, headers=bearer(token)).status_code == 401
    assert httpx.get(url).status_code == 401, "revoking the last token must not open the server"


def test_only_hashes_are_stored(tokens: NamedTokens, tmp_path: Path) -> None:
    token = tokens.add("alice", Role.READ)
    secret = token.split("_", 2)[2]
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert secret.encode() not in stored
    assert b"$argon2id$" in stored
    assert (tmp_path / "access.db").stat().st_mode & 0o777 == 0o600


def test_a_session_ends_when_its_token_is_revoked(url: str, tokens: NamedTokens) -> None:
    token = tokens.add("alice", Role.READ)
    assert httpx.post(f"{url}/login", data={"name": "bob", "token": token}).status_code == 401
    entered = httpx.post(f"{url}/login", data={"name": "alice", "token": token})
    cookie = {"Cookie": f"articles_session={entered.cookies['articles_session']}"}
    assert httpx.get(url, headers=cookie).status_code == 200
    assert "Logged in as alice (role: read)." in httpx.get(f"{url}/login", headers=cookie).text
    assert httpx.post(f"{url}/things/1", headers=cookie).status_code == 403
    tokens.revoke("alice")
    assert httpx.get(url, headers=cookie).status_code == 401
    again = tokens.add("alice", Role.READ)
    assert again != token
    assert httpx.get(url, headers=cookie).status_code == 401


def test_each_token_has_a_rate_and_a_size(url: str, tokens: NamedTokens) -> None:
    slow, other = tokens.add("slow", Role.READ, per_minute=3, max_bytes=1000), tokens.add("other", Role.READ)
    assert [httpx.get(url, headers=bearer(slow)).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = httpx.get(url, headers=bearer(slow))
    assert refused.json()["error"]["code"] == "busy"
    assert "3 requests a minute" in refused.json()["error"]["message"]
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert httpx.get(f"{url}/file", headers=bearer(slow)).status_code == 200
    assert httpx.get(url, headers=bearer(other)).status_code == 200
    small = tokens.add("small", Role.READ, max_bytes=1000)
    assert httpx.post(url, content=b"x" * 1000, headers=bearer(small)).text == "1000"
    assert httpx.post(url, content=b"x" * 1001, headers=bearer(small)).status_code == 413
    assert httpx.post(url, content=iter([b"x" * 600] * 2), headers=bearer(small)).status_code == 413


def test_a_change_is_recorded_before_it_is_confirmed(url: str, tokens: NamedTokens, tmp_path: Path) -> None:
    assert httpx.post(f"{url}/things/7").status_code == 200
    token = tokens.add("alice", Role.WRITE)
    for _ in range(2):
        assert httpx.post(f"{url}/things/8", headers=bearer(token)).status_code == 200
    assert httpx.get(f"{url}/things/9", headers=bearer(token)).status_code == 200
    found = [(change.who, change.what, change.ids) for change in Changes(access_file(tmp_path)).latest(10)]
    assert found == [("alice", "write", "8"), ("alice", "write", "8"), ("local", "write", "7")]


def test_the_record_of_changes_can_only_grow(tmp_path: Path) -> None:
    changes = Changes(access_file(tmp_path))
    changes.add("alice", "add", [3, 1, 2, 7, "job-1"])
    assert [change.ids for change in changes.latest(1)] == ["1-3, 7, job-1"]
    connection = apsw.Connection(str(tmp_path / "access.db"))
    for statement in ("UPDATE changes SET who = 'bob'", "DELETE FROM changes"):
        with pytest.raises(apsw.ConstraintError, match="append only"):
            connection.execute(statement)


def test_tokens_that_cannot_be_read_let_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "access.db").write_bytes(b"not a database, but long enough to look like one" * 100)
    for url in serve(Guard(Starlette(routes=ROUTES), access_file=access_file(tmp_path))):
        response = httpx.get(url, headers=bearer("articles_0000000000_" + "x" * 43))
        assert (response.status_code, response.json()["error"]["code"]) == (503, "access_failed")


@pytest.mark.parametrize("name", ["", "owner", "local", "a b", "a" * 41, "<b>", "x\n"])
def test_invalid_names_are_refused(tokens: NamedTokens, name: str) -> None:
    with pytest.raises(TokenError, match="can't be the name"):
        tokens.add(name, Role.READ)


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = ["--library", str(tmp_path)]
    assert main(["token", "add", "alice", "--role", "write", *library]) == 0
    token = capsys.readouterr().out.strip()
    assert NamedTokens(access_file(tmp_path)).candidate(token) is not None
    assert main(["token", "add", "alice", *library]) == 1
    assert "token named 'alice' already" in capsys.readouterr().err
    assert main(["token", "list", *library]) == 0
    shown = capsys.readouterr().out
    assert "alice" in shown
    assert "write" in shown
    assert token.split("_", 2)[2] not in shown
    assert main(["token", "revoke", "alice", *library]) == 0
    assert main(["token", "revoke", "alice", *library]) == 1
    capsys.readouterr()
    assert main(["changes", "--json", *library]) == 0
    changes = json.loads(capsys.readouterr().out)
    assert [(change["who"], change["what"], change["ids"]) for change in changes] == [
        ("command line", "token revoke", "alice"),
        ("command line", "token add", "alice"),
    ]
    assert main(["token", "list", "--library", str(tmp_path / "none")]) == 1
    assert "no library" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
    with pytest.raises(SystemExit):
        main(["token", "add", "bob", "--per-minute", "0", *library])


def test_a_newer_file_is_refused(tmp_path: Path, tokens: NamedTokens) -> None:
    tokens.add("alice", Role.READ)
    apsw.Connection(str(tmp_path / "access.db")).execute("PRAGMA user_version = 99")
    with pytest.raises(StateFailed, match="version 99"):
        NamedTokens(access_file(tmp_path)).exist()
