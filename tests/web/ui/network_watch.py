"""Records the look-ups and connections of this process."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_NETWORK_EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
_watching: list[list[str]] = []


def _on_audit_event(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in _NETWORK_EVENTS:
        _watching[-1].append(f"{event} {arguments}")


sys.addaudithook(_on_audit_event)  # for good: such a hook can't be removed


@contextmanager
def watching(url: str) -> Iterator[list[str]]:
    """The look-ups and connections of this process, except those to the app under test."""
    port = url.rpartition(":")[2]
    found: list[str] = []
    _watching.append(found)
    try:
        yield found
    finally:
        _watching.remove(found)
        found[:] = [event for event in found if not re.search(rf"127\.0\.0\.1'?, {port}\b", event)]
