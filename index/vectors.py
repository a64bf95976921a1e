"""Search by meaning: a FAISS index in memory that follows the library's change counter.

Nothing is written: FAISS can fail silently on a full disk and reads damaged files without a word.
"""

from __future__ import annotations

import threading

import faiss
import numpy as np

from .database import Database
from .embed import Vector
from .rows import unpack


class VectorIndex:
    """Exact search by cosine over the vectors of all embedded passages."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._index: faiss.IndexIDMap2 | None = None
        self._change = 0
        self._lock = threading.Lock()

    def search(self, vector: Vector, k: int) -> list[tuple[int, float]]:
        """Passage ids and cosines for a vector of length 1 (float32 [dim]), best first, at most `k`."""
        with self._lock:
            self._follow(len(vector))
            index = self._index
            if index is None or not index.ntotal or k < 1:
                return []
            scores, ids = index.search(vector.reshape(1, -1), min(k, index.ntotal))
        return [(int(i), float(score)) for i, score in zip(ids[0], scores[0], strict=True) if i >= 0]

    def _follow(self, dim: int) -> None:
        database = self._database
        if self._index is not None and database.change() == self._change:
            return
        with database.snapshot():
            change = database.change()
            gone = database.removed_since(self._change) if self._index is not None else []
            rows = list(database.vectors_since(self._change))
        if self._index is None:
            self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        stale = np.concatenate([np.array(gone, dtype=np.int64), ids])
        if self._index.ntotal and len(stale):
            self._index.remove_ids(faiss.IDSelectorBatch(stale))
        if rows:
            self._index.add_with_ids(np.stack([unpack(row[1]) for row in rows]), ids)
        self._change = change
