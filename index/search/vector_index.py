"""Search by meaning: a FAISS index in memory that follows the library's change counter.

Nothing is written to disk: FAISS can fail silently on a full disk and reads damaged files without an error.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import faiss
import numpy as np

from ..embedding import Vector, codec
from ..storage import Database, PassageIds

MAX_EXACT = 50_000  # vectors; with more, components have 8 bits: a quarter of the memory, a third of the time
# Components of sentence vectors are within ±.25; scaled so, 8 bits lose least (measured in docs/performance.md).
_SCALE = 127 / 0.25
_SPARE = 20  # candidates in addition to 2 k

Precision = Literal["exact", "8 bit"]


class VectorIndex:
    """Flat search by cosine similarity over all embedded passages: every vector is compared. Thread-safe.

    Above `max_exact` vectors, the index quantises components to 8 bits to choose candidates, which are then compared
    by their stored vectors.
    """

    def __init__(self, database: Database, max_exact: int = MAX_EXACT) -> None:
        self._database = database
        self._max_exact = max_exact
        self._index: faiss.IndexIDMap2 | None = None
        self._precision: Precision = "exact"
        self._change = 0
        self._newest = 0  # the highest id in the index
        self._lock = threading.Lock()

    def precision_of(self, vectors: int) -> Precision:
        """The precision that the index uses for a number of vectors."""
        return "8 bit" if vectors > self._max_exact else "exact"

    def search(self, vector: Vector, k: int, within: PassageIds | None = None) -> list[tuple[int, float]]:
        """Up to `k` passage ids with their cosine similarity to a unit vector (float32 [dim]), best first.

        If passages are given (`within`), only those are compared.
        """
        with self._lock:
            self._follow(len(vector))
            index = self._index
            if index is None or not index.ntotal or k < 1:
                return []
            is_exact = self._precision == "exact"
            wanted = min(k if is_exact else 2 * k + _SPARE, index.ntotal)
            selected = None if within is None else _only(within)
            # With few vectors, synchronising threads takes longer than comparing.
            with _faiss_threads(1 if is_exact else None):
                scores, ids = index.search(self._encode(vector.reshape(1, -1)), wanted, params=selected)
        if not is_exact:
            return self._rescore(vector, [i for i in ids[0].tolist() if i >= 0])[:k]
        return [(int(i), float(score)) for i, score in zip(ids[0], scores[0], strict=True) if i >= 0]

    def _rescore(self, vector: Vector, passage_ids: list[int]) -> list[tuple[int, float]]:
        """Passage ids with the cosine similarity of their stored vectors, best first."""
        found = self._database.vectors.of_passages(passage_ids)
        stored = {passage_id: own for passage_id, own in found.items() if len(own) == len(vector)}
        if not stored:
            return []
        scores = np.stack(list(stored.values())) @ vector
        return sorted(zip(stored, map(float, scores), strict=True), key=lambda hit: -hit[1])

    def _follow(self, dim: int) -> None:
        database = self._database
        if self._index is not None and database.change() == self._change:
            return
        with database.snapshot():
            change = database.change()
            wanted = self.precision_of(database.vectors.count())
            # If the change is no longer recorded, neither are the removals since.
            if self._index is None or wanted != self._precision or not database.stamp(self._change):
                self._index, self._precision, self._change, self._newest = _create(wanted, dim), wanted, 0, 0
            elif gone := [
                passage_id for passage_id in database.removed_since(self._change) if passage_id <= self._newest
            ]:
                self._index.remove_ids(faiss.IDSelectorBatch(np.array(gone, dtype=np.int64)))
            for rows in database.vectors.since(self._change):
                self._add(self._index, [row for row in rows if len(row[1]) == 2 * dim])
        self._change = change

    def _add(self, index: faiss.IndexIDMap2, rows: list[tuple[int, bytes]]) -> None:
        if not rows:
            return
        ids = np.array([passage_id for passage_id, _ in rows], dtype=np.int64)
        if len(present := ids[ids <= self._newest]):  # re-embedded, or embedded out of order
            index.remove_ids(faiss.IDSelectorBatch(present))
        vectors = codec.unpack(b"".join(blob for _, blob in rows)).reshape(len(rows), -1)
        index.add_with_ids(self._encode(vectors), ids)
        self._newest = max(self._newest, int(ids.max()))

    def _encode(self, vectors: Vector) -> Vector:
        """Vectors in the precision of the index."""
        if self._precision == "exact":
            return vectors
        scaled = vectors * np.float32(_SCALE)
        np.rint(scaled, out=scaled)
        return np.clip(scaled, -127, 127, out=scaled)


@contextmanager
def _faiss_threads(count: int | None) -> Iterator[None]:
    """Limit the threads that FAISS uses for calls from this thread; None keeps the current number."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count or threads)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _create(precision: Precision, dim: int) -> faiss.IndexIDMap2:
    if precision == "exact":
        return faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
    kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
    return faiss.IndexIDMap2(faiss.IndexScalarQuantizer(dim, kind, faiss.METRIC_INNER_PRODUCT))


def _only(within: PassageIds) -> faiss.SearchParameters:
    """Compare only these passages: one bit for each id up to the highest."""
    bits = np.zeros(int(within[-1]) + 1 if len(within) else 1, dtype=np.uint8)
    bits[within] = 1
    selector = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore[call-arg, arg-type]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # of SWIG's generated signatures
