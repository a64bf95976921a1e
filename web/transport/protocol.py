"""Connections: how many there may be, and how long a client may keep one without using it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..clients import client_key
from ..limits import HEAD_SECONDS, MAX_CONNECTIONS, MAX_CONNECTIONS_PER_CLIENT, WRITE_SECONDS
from ..messages import server as texts


class LimitedProtocol(H11Protocol):
    """A connection that is closed if its client doesn't send a request head in time, or doesn't read the response.

    If there are too many connections, the oldest one without a request makes room, so that idle clients can't block
    others; only if all of them have requests, the new one is refused.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._since = self.loop.time()
        self._client_key = ""
        self._head_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection, or refuse it."""
        others = [other for other in self.connections if isinstance(other, LimitedProtocol) and other.is_open]
        super().connection_made(transport)
        self._client_key = client_key(self.client[0] if self.client else "")
        own = [other for other in others if other._client_key == self._client_key]
        if _make_room(own, MAX_CONNECTIONS_PER_CLIENT - 1) and _make_room(others, MAX_CONNECTIONS - 1):
            self._wait_for_head()
        else:
            self._refuse(503, "busy", texts.TOO_MANY_CONNECTIONS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._cancel(self._head_timer)
        self._cancel(self._write_timer)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Handle what the client sends."""
        super().data_received(data)
        if not self.is_waiting:
            self._cancel(self._head_timer)
            self._head_timer = None
        elif self._head_timer is None:
            self._wait_for_head()

    @property
    def is_open(self) -> bool:
        """Whether the connection isn't being closed."""
        return not self.transport.is_closing()

    @property
    def is_waiting(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def pause_writing(self) -> None:
        """Give the client some time to read."""
        super().pause_writing()
        self._write_timer = self.loop.call_later(WRITE_SECONDS, self.close_at_once)

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        self._cancel(self._write_timer)
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 of uvicorn
        """Answer what isn't HTTP as all other errors are answered."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._refuse(400, "bad_request", texts.BAD_REQUEST)
        else:
            self.transport.close()

    def close_at_once(self) -> None:
        """Close the connection without sending what is left."""
        self.transport.abort()

    def _wait_for_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self.close_at_once)

    def _refuse(self, status: int, code: str, message: str) -> None:
        body = json.dumps({"error": {"code": code, "message": message}}).encode()
        headers = ["Content-Type: application/json", f"Content-Length: {len(body)}", "Connection: close"]
        if status == 503:
            headers.append("Retry-After: 5")
        self.transport.write("\r\n".join([f"HTTP/1.1 {status} Refused", *headers, "", ""]).encode() + body)
        self.transport.close()

    @staticmethod
    def _cancel(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()


def _make_room(connections: Iterable[LimitedProtocol], limit: int) -> bool:
    """Close the oldest connections without a request until at most `limit` are open. Returns whether that worked."""
    known = [connection for connection in connections if connection.is_open]
    surplus = max(0, len(known) - limit)
    waiting = sorted((one for one in known if one.is_waiting), key=lambda one: one._since)[:surplus]
    for connection in waiting:
        connection.close_at_once()
    return len(waiting) == surplus
