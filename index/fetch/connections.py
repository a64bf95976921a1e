"""Connections of one fetch: only to checked addresses, and every step within one deadline."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore2

from ..errors import FetchFailed, FetchStopped
from .address_guard import AddressGuard


class Deadline:
    """The time limit of a fetch, and the event that stops it early."""

    def __init__(self, seconds: float, stop: threading.Event | None = None) -> None:
        self._seconds = seconds
        self._stop = stop or threading.Event()
        self._end = time.monotonic() + seconds

    def remaining_seconds(self) -> float:
        """Return the seconds that remain, always more than 0.

        Raises:
            FetchFailed: the time is up.
            FetchStopped: the fetch was stopped.
        """
        if self._stop.is_set():
            raise FetchStopped
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise FetchFailed(f"the response took longer than {self._seconds:g} seconds", is_transient=True)
        return remaining

    def check(self) -> None:
        """Raise the errors of `remaining_seconds`."""
        self.remaining_seconds()

    def extend(self, seconds: float) -> None:
        """Move the deadline back."""
        self._end += seconds


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to the very IP addresses that the guard has checked, so that no host is looked up twice."""

    def __init__(self, guard: AddressGuard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 the deadline applies instead
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first of the host's addresses that accepts.

        Raises:
            FetchRefused: an address of the host is blocked.
            FetchFailed: the host has no address, or the deadline has passed.
            httpcore2.ConnectError: no address accepts.
        """
        addresses = self._guard.resolve(host, port, self._deadline.remaining_seconds())
        for number, address in enumerate(addresses, 1):
            # An equal share of the time for each, so that a dead address leaves time for the others.
            timeout_seconds = self._deadline.remaining_seconds() / (len(addresses) - number + 1)
            try:
                stream = self._backend.connect_tcp(address, port, timeout_seconds, local_address, socket_options)
                return _DeadlineStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpcore2.ConnectError(f"{host} has no address")


class _DeadlineStream(httpcore2.NetworkStream):
    """A connection on which every step ends by the deadline, however slowly the server sends."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 the deadline applies
        return self._stream.read(max_bytes, self._deadline.remaining_seconds())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.remaining_seconds())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.remaining_seconds())
        return _DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
