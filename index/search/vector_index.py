"""Search by meaning: a FAISS index in memory that follows the library's change counter.

Nothing is written: FAISS can fail silently on a full disk and reads damaged files without a word.
"""

from __future__ import annotations

import threading
from typing import Literal

import faiss
import numpy as np

from ..embedding import Vector, unpack
from ..storage import Database

MOST_EXACT = 50_000  # vectors; of more, each component is kept in 8 bits: a quarter of the memory, a third of the time
# Components of sentence vectors lie within ±.25: then 8 bits hold them best (measured in docs/performance.md).
_SCALE = 127 / 0.25
_SPARE = 20  # candidates beyond twice those asked for

Precision = Literal["exact", "8 bit"]


class VectorIndex:
    """Search by cosine over the vectors of all embedded passages, flat: every vector is compared.

    More than `most_exact` vectors are held in 8 bits: near enough to choose candidates, which are then compared as they
    are stored.
    """

    def __init__(self, database: Database, most_exact: int = MOST_EXACT) -> None:
        self._database = database
        self._most_exact = most_exact
        self._index: faiss.IndexIDMap2 | None = None
        self._precision: Precision = "exact"
        self._change = 0
        self._newest = 0  # the highest id in the index
        self._lock = threading.Lock()

    def precision_of(self, vectors: int) -> Precision:
        """How so many vectors are held."""
        return "8 bit" if vectors > self._most_exact else "exact"

    def search(self, vector: Vector, k: int) -> list[tuple[int, float]]:
        """Passage ids and cosines for a vector of length 1 (float32 [dim]), best first, at most `k`."""
        with self._lock:
            self._follow(len(vector))
            index = self._index
            if index is None or not index.ntotal or k < 1:
                return []
            is_exact = self._precision == "exact"
            wanted = k if is_exact else 2 * k + _SPARE
            threads = faiss.omp_get_max_threads()  # of the calling thread
            if is_exact:  # few vectors: threads that wait for each other take longer than comparing
                faiss.omp_set_num_threads(1)
            try:
                scores, ids = index.search(self._held(vector.reshape(1, -1)), min(wanted, index.ntotal))
            finally:
                faiss.omp_set_num_threads(threads)
        if not is_exact:
            return self._compared(vector, ids[0].tolist())[:k]
        return [(int(i), float(score)) for i, score in zip(ids[0], scores[0], strict=True) if i >= 0]

    def _compared(self, vector: Vector, passage_ids: list[int]) -> list[tuple[int, float]]:
        """Passages and cosines by their stored vectors, best first."""
        found = self._database.vectors.of_passages(passage_ids)
        stored = {passage_id: its for passage_id, its in found.items() if len(its) == len(vector)}
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
            # Where the change isn't known any more, neither is what was removed since.
            if self._index is None or wanted != self._precision or not database.stamp(self._change):
                self._index, self._precision, self._change, self._newest = _made(wanted, dim), wanted, 0, 0
            elif gone := [
                passage_id for passage_id in database.removed_since(self._change) if passage_id <= self._newest
            ]:
                self._index.remove_ids(faiss.IDSelectorBatch(np.array(gone, dtype=np.int64)))
            for rows in database.vectors.since(self._change):
                self._take(self._index, [row for row in rows if len(row[1]) == 2 * dim])
        self._change = change

    def _take(self, index: faiss.IndexIDMap2, rows: list[tuple[int, bytes]]) -> None:
        if not rows:
            return
        ids = np.array([passage_id for passage_id, _ in rows], dtype=np.int64)
        if len(again := ids[ids <= self._newest]):  # embedded anew, or out of turn
            index.remove_ids(faiss.IDSelectorBatch(again))
        vectors = unpack(b"".join(blob for _, blob in rows)).reshape(len(rows), -1)
        index.add_with_ids(self._held(vectors), ids)
        self._newest = max(self._newest, int(ids.max()))

    def _held(self, vectors: Vector) -> Vector:
        """Vectors as the index holds and compares them."""
        if self._precision == "exact":
            return vectors
        held = vectors * np.float32(_SCALE)
        np.rint(held, out=held)
        return np.clip(held, -127, 127, out=held)


def _made(precision: Precision, dim: int) -> faiss.IndexIDMap2:
    if precision == "exact":
        return faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
    kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
    return faiss.IndexIDMap2(faiss.IndexScalarQuantizer(dim, kind, faiss.METRIC_INNER_PRODUCT))
