"""A cursor: a position in a list, as an opaque text that belongs to the list's path and filters."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from typing import Final

from starlette.exceptions import HTTPException

from ...messages import api as texts

CURSOR_PATTERN: Final = r"^[A-Za-z0-9_-]{22}$"
_LIST_BYTES, _POSITION_BYTES = 8, 8
_MAX_POSITION: Final = 2**63 - 1


def make_cursor(position: int, path: str, filters: Iterable[tuple[str, str]]) -> str:
    """The cursor of a position in a list.

    Args:
        position: of the next page: what it means is the list's business.
        path: of the list.
        filters: the parameters that choose what is in the list.
    """
    data = _list_id(path, filters) + position.to_bytes(_POSITION_BYTES, "big")
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def read_cursor(cursor: str, path: str, filters: Iterable[tuple[str, str]]) -> int:
    """The position of a cursor.

    Raises:
        HTTPException: it isn't a cursor of this list.
    """
    try:
        data = base64.b64decode(cursor + "==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    position = int.from_bytes(data[_LIST_BYTES:], "big")
    if len(data) != _LIST_BYTES + _POSITION_BYTES or data[:_LIST_BYTES] != _list_id(path, filters):
        raise HTTPException(404, texts.cursor_not_found(cursor))
    if position > _MAX_POSITION:
        raise HTTPException(404, texts.cursor_not_found(cursor))
    return position


def _list_id(path: str, filters: Iterable[tuple[str, str]]) -> bytes:
    text = repr((path, sorted(filters)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_LIST_BYTES]
