"""Incremental decompression gives the same bytes as the gzip module."""

from __future__ import annotations

import gzip

from hypothesis import given
from hypothesis import strategies as st

from index.fetch.gzip import GzipDecompressor


@given(st.lists(st.binary(max_size=60), max_size=4), st.integers(1, 30), st.booleans())
def test_chunks_decompress_to_the_same_bytes(members: list[bytes], size: int, is_padded: bool) -> None:
    packed = b"".join(map(gzip.compress, members)) + b"\0" * 9 * (is_padded and bool(members))
    decompressor = GzipDecompressor(10_000)
    found = b"".join(decompressor.decompress(packed[at : at + size]) for at in range(0, len(packed), size))
    assert (found, decompressor.is_complete) == (gzip.decompress(packed), True)
