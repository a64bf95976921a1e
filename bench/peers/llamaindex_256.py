"""LlamaIndex with chunks of 256 tokens: all-MiniLM-L6-v2 reads no more, and cuts those of 512 off."""

from __future__ import annotations

import llamaindex_citation


class System(llamaindex_citation.System):
    """As with citation chunks, but shorter."""

    chunk_size = 256
