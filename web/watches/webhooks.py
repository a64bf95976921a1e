"""Send new matches to webhooks, by the specification Standard Webhooks (standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from typing import Any

from index import Fetcher, SourceError

from .records import Match
from .watch_file import Message
from .watches import Watches

_GONE = 410  # "the receiver wants no more messages"
_FETCH_SECONDS = 15.0


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature` of a message. `secret` is "whsec_" and a key in base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"


class Webhooks:
    """Sends the messages that are due, for each webhook in order; the first failure makes the others wait.

    A message may arrive twice if the program is killed before it has recorded the response; its `webhook-id` is the
    same then.
    """

    def __init__(
        self, watches: Watches, fetcher: Fetcher | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """Create a sender.

        Args:
            watches: the watches.
            fetcher: sends; by default one that reaches only the public web.
            clock: the seconds since 1970.
        """
        self._watches = watches
        self._fetcher = fetcher
        self._clock = clock

    def send_due(self, stop: threading.Event | None = None) -> int:
        """Send all messages that are due. Returns the number of those that arrived."""
        stop, count, file = stop or threading.Event(), 0, self._watches.file
        while not stop.is_set() and (due := file.due(self._clock())):
            for message in due:
                if stop.is_set():
                    break
                count += self._send(message, stop)
        return count

    def _send(self, message: Message, stop: threading.Event) -> bool:
        file = self._watches.file
        matches = self._watches.matches_of(message)
        if not matches:  # all these articles were removed
            file.sent(message)
            return False
        body = json.dumps(payload(message, matches), ensure_ascii=False, separators=(",", ":")).encode()
        message_id, timestamp = f"msg_{message.watch.key}_{message.id}", int(self._clock())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(message.secret, message_id, timestamp, body),
        }
        try:
            self._fetcher = self._fetcher or Fetcher(max_seconds=_FETCH_SECONDS)
            status, _ = self._fetcher.post(message.watch.webhook or "", body, headers, stop)
        except SourceError as error:
            if not stop.is_set():
                file.failed(message, str(error), self._clock())
            return False
        if 200 <= status < 300:
            file.sent(message)
            return True
        file.failed(message, f"the receiver answered with HTTP {status}", self._clock(), is_final=status == _GONE)
        return False


def payload(message: Message, matches: list[Match]) -> dict[str, Any]:
    """The JSON of a message."""
    return {
        "type": "watch.matched",
        "timestamp": message.created.isoformat(),
        "data": {
            "watch": {"id": message.watch.id, "name": message.watch.name, message.watch.kind: message.watch.words},
            "matches": [
                {
                    "article_id": match.article.id,
                    "title": match.article.title,
                    "publisher": match.article.publisher,
                    "published": match.article.published.isoformat() if match.article.published else None,
                    "url": match.article.url,
                    "quote": match.quote,
                    "start": match.start,
                    "end": match.end,
                }
                for match in matches
            ],
        },
    }
