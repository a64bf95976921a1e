"""Incremental gzip decompression with a size limit (RFC 1952)."""

from __future__ import annotations

import zlib

from ..errors import FetchFailed


class GzipDecompressor:
    """Decompresses gzip data chunk by chunk, with one member or several, up to one byte more than `max_bytes`."""

    def __init__(self, max_bytes: int) -> None:
        self._remaining = max_bytes + 1
        self._member = zlib.decompressobj(wbits=31)
        self._has_started = False

    @property
    def is_complete(self) -> bool:
        """Whether the data so far doesn't end in the middle of a member."""
        return self._member.eof or not self._has_started

    def decompress(self, chunk: bytes) -> bytes:
        """Decompress a chunk; once the limit is exceeded, the rest is dropped.

        Raises:
            FetchFailed: the data isn't gzip.
        """
        decompressed = bytearray()
        while chunk and self._remaining > 0:
            if self._member.eof:
                chunk = chunk.lstrip(b"\0")  # padding, which gzip ignores too
                if not chunk:
                    break
                self._member = zlib.decompressobj(wbits=31)
            self._has_started = True
            try:
                part = self._member.decompress(chunk, self._remaining)
            except zlib.error:
                raise FetchFailed("the gzip data is damaged and can't be decompressed", is_transient=True) from None
            decompressed += part
            self._remaining -= len(part)
            chunk = self._member.unused_data
        return bytes(decompressed)
