"""Unpacking gzip bit by bit, to a limit: RFC 1952."""

from __future__ import annotations

import zlib

from .errors import FetchFailed


class Gunzip:
    """Unpacks chunks of gzip, of one member or several, and never much more than `max_bytes` in all."""

    def __init__(self, max_bytes: int) -> None:
        self._left = max_bytes + 1
        self._member = zlib.decompressobj(wbits=31)
        self._has_begun = False

    @property
    def is_whole(self) -> bool:
        """True where no end is missing."""
        return self._member.eof or not self._has_begun

    def __call__(self, packed: bytes) -> bytes:
        """What a chunk unpacks to; less than all of it where the limit is passed.

        Raises:
            FetchFailed: it is no gzip.
        """
        unpacked = bytearray()
        while packed and self._left > 0:
            if self._member.eof:
                packed = packed.lstrip(b"\0")  # padding, which gzip passes over too
                if not packed:
                    break
                self._member = zlib.decompressobj(wbits=31)
            self._has_begun = True
            try:
                part = self._member.decompress(packed, self._left)
            except zlib.error:
                raise FetchFailed("what lies there is damaged: it can't be unpacked", is_transient=True) from None
            unpacked += part
            self._left -= len(part)
            packed = self._member.unused_data
        return bytes(unpacked)
