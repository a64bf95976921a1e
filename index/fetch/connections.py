"""Connections for one fetch: to checked addresses alone, and all of it before a deadline."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore2

from .address_guard import AddressGuard
from .errors import FetchFailed, FetchStopped


class Deadline:
    """When a fetch has to be done."""

    def __init__(self, seconds: float, stop: threading.Event | None = None) -> None:
        self._seconds = seconds
        self._stop = stop or threading.Event()
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            FetchFailed: none are.
            FetchStopped: the fetch was stopped.
        """
        if self._stop.is_set():
            raise FetchStopped
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchFailed(f"the answer took longer than {self._seconds:g} seconds", is_transient=True)
        return left

    def extend(self, seconds: float) -> None:
        """Give it so much more."""
        self._end += seconds


class GuardedNetwork(httpcore2.NetworkBackend):
    """Connects to the addresses that the guard lets through, by those very addresses: no name is looked up twice."""

    def __init__(self, guard: AddressGuard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first of the host's addresses that answers.

        Raises:
            FetchRefused: the host has an address that may not be asked.
            FetchFailed: it has none, or the deadline is over.
            httpcore2.ConnectError: none answers.
        """
        addresses = self._guard.addresses(host, port, self._deadline.left())
        for number, address in enumerate(addresses, 1):
            share = self._deadline.left() / (len(addresses) - number + 1)  # a dead one leaves time for the others
            try:
                stream = self._network.connect_tcp(address, port, share, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpcore2.ConnectError(f"{host} has no address")


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which every step ends by the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 the deadline rules
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
