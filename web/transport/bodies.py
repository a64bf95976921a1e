"""Bodies of requests: how large they may get, and how slowly they may arrive."""

from __future__ import annotations

import time

import anyio
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from ..limits import BODY_GRACE_SECONDS, BODY_IDLE_SECONDS, MIN_BODY_BYTES_PER_SECOND
from ..messages import server as texts


def bounded(receive: Receive, max_bytes: int) -> Receive:
    """Receives a body as long as it is small enough (the declared length may be missing) and arrives fast enough."""
    started = time.monotonic()
    received, is_complete = 0, False

    async def receive_bounded() -> Message:
        nonlocal received, is_complete
        if is_complete:
            return await receive()
        try:
            with anyio.fail_after(BODY_IDLE_SECONDS):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, texts.BODY_TOO_SLOW) from None
        received += len(message.get("body", b""))
        is_complete = not message.get("more_body")
        if received > max_bytes:
            raise HTTPException(413, texts.request_too_large(max_bytes))
        seconds = time.monotonic() - started
        if not is_complete and seconds > BODY_GRACE_SECONDS and received < seconds * MIN_BODY_BYTES_PER_SECOND:
            raise HTTPException(408, texts.BODY_TOO_SLOW)
        return message

    return receive_bounded


async def read_body(receive: Receive, max_bytes: int) -> bytes:
    """The whole body of a request.

    Raises:
        HTTPException: it is too large or arrives too slowly.
    """
    body, receive = bytearray(), bounded(receive, max_bytes)
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)
