"""Webhooks: signed messages to a real receiver, retries, and what is never connected to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index import Fetcher, Where
from index.errors import PrivateAddressRefused
from web.watches import Watches, Webhooks, signature
from web.watches.watch_file import RETRY_SECONDS


@dataclass
class Receiver:
    """What a receiver got, and the statuses that it answers with, 204 after the last one."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 204)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/in"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


@dataclass
class Clock:
    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def webhooks(watches: Watches, receiver: Receiver, clock: Clock) -> Webhooks:
    address = receiver.url.removeprefix("http://").removesuffix("/in")
    return Webhooks(watches, Fetcher(allowed=[address], max_seconds=5), clock)


def add(watches: Watches, receiver: Receiver) -> tuple[int, str]:
    watch = watches.file.add("Ferries", "query", "ferry", Where(), 0, receiver.url)
    assert watch.secret
    return watch.id, watch.secret


def test_the_signature_is_the_specification_s() -> None:
    secret, message_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    found = signature(secret, message_id, 1614265330, b'{"test": 2432232314}')
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_matches_arrive_signed_and_once(watches: Watches, receiver: Receiver, webhooks: Webhooks, clock: Clock) -> None:
    _, secret = add(watches, receiver)
    found = watches.find_matches()
    assert webhooks.send_due() == len(receiver.received) > 1
    key = base64.b64decode(secret.removeprefix("whsec_"))
    articles = []
    for headers, body in receiver.received:
        signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
        expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert int(headers["webhook-timestamp"]) == int(clock.now)
        message = json.loads(body)
        assert message["type"] == "watch.matched"
        assert message["data"]["watch"] == {"id": 1, "name": "Ferries", "query": "ferry"}
        for match in message["data"]["matches"]:
            article = watches.assistant.library.article(match["article_id"])
            assert article.text[match["start"] : match["end"]] == match["quote"]
            articles.append(article.id)
    assert len(articles) == len(set(articles)) == found
    assert len({headers["webhook-id"] for headers, _ in receiver.received}) == len(receiver.received)
    assert webhooks.send_due() == 0


def test_a_failed_message_is_sent_again_later(
    watches: Watches, receiver: Receiver, webhooks: Webhooks, clock: Clock
) -> None:
    watch_id, _ = add(watches, receiver)
    watches.find_matches()
    receiver.statuses = [500, 302, 204]
    assert webhooks.send_due() == 0
    assert len(receiver.received) == 1  # the others wait, too
    assert webhooks.send_due() == 0
    assert watches.get(watch_id).failure == "the receiver answered with HTTP 500"
    clock.now += RETRY_SECONDS[0]
    assert webhooks.send_due() == 0  # a redirect isn't followed
    assert len(receiver.received) == 2
    clock.now += RETRY_SECONDS[0]
    assert webhooks.send_due() == 0  # the second wait is longer
    clock.now += RETRY_SECONDS[1]
    assert webhooks.send_due() > 1
    assert watches.get(watch_id).failure is None
    ids = [headers["webhook-id"] for headers, _ in receiver.received]
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids)) == len(ids) - 2


def test_a_webhook_is_disabled_after_many_failures(
    watches: Watches, receiver: Receiver, webhooks: Webhooks, clock: Clock
) -> None:
    watch_id, _ = add(watches, receiver)
    watches.find_matches()
    receiver.statuses = [503] * 20
    for _ in range(len(RETRY_SECONDS) + 3):
        webhooks.send_due()
        clock.now += max(RETRY_SECONDS)
    assert len(receiver.received) == len(RETRY_SECONDS) + 1
    assert watches.get(watch_id).is_disabled
    receiver.statuses.clear()
    assert not watches.enable(watch_id).is_disabled
    assert webhooks.send_due() > 1  # nothing was lost


def test_a_receiver_that_is_gone_gets_nothing_more(watches: Watches, receiver: Receiver, webhooks: Webhooks) -> None:
    watch_id, _ = add(watches, receiver)
    watches.find_matches()
    receiver.statuses = [410]
    assert webhooks.send_due() == 0
    assert watches.get(watch_id).is_disabled


def test_a_private_address_is_not_connected_to(watches: Watches, receiver: Receiver, clock: Clock) -> None:
    watch_id, _ = add(watches, receiver)
    watches.find_matches()
    assert Webhooks(watches, Fetcher(), clock).send_due() == 0
    assert receiver.received == []
    assert "private" in (watches.get(watch_id).failure or "")
    with pytest.raises(PrivateAddressRefused):
        Fetcher().post(receiver.url, b"", {})
