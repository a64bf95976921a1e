"""Read generated text from server-sent events that contain chunks of a chat completion, or anything else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import GeneratorFailed

INVALID = "The language model disconnected or returned an invalid response."
_DISCONNECTED = "The language model disconnected before its answer was complete."


def read_text(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the pieces of text in a stream, in time that is linear in its size.

    Raises:
        GeneratorFailed: an event isn't valid, or the stream ends before the text does.
    """
    is_finished = False
    for data in _events(chunks):
        if data == b"[DONE]":
            return
        if (choice := _first_choice(data)) is not None:
            if content := _of_type(dict, choice.get("delta") or {}).get("content"):
                # Half of a surrogate pair couldn't be shown or stored.
                yield str(_of_type(str, content)).encode("utf-8", "replace").decode()
            is_finished = is_finished or choice.get("finish_reason") is not None
    if not is_finished:
        raise GeneratorFailed(_DISCONNECTED)


def _events(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the data of each event (WHATWG HTML, section 9.2.6)."""
    data: list[bytes] = []
    for line in _lines(chunks):
        field, _, value = line.partition(b":")
        if field == b"data":
            data.append(value.removeprefix(b" "))
        elif not line and data:
            yield b"\n".join(data)
            data = []
    if data:
        yield b"\n".join(data)


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    pending: list[bytes] = []
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for line in ended:
            yield b"".join([*pending, line]).removesuffix(b"\r")
            pending = []
        pending.append(rest)
    yield b"".join(pending).removesuffix(b"\r")


def _first_choice(data: bytes) -> dict[str, Any] | None:
    """Return the first choice of a chunk; None if it has none, as the one with the usage."""
    try:
        chunk = _of_type(dict, json.loads(data))
    except (ValueError, RecursionError):
        raise GeneratorFailed(INVALID) from None
    if chunk.get("error"):
        raise GeneratorFailed(INVALID)
    choices = _of_type(list, chunk.get("choices") or [])
    return _of_type(dict, choices[0]) if choices else None


def _of_type(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise GeneratorFailed(INVALID)
    return value
