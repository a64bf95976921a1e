"""Search the word index within a selection of passages. Scores and their order are those of the whole index."""

from __future__ import annotations

import numpy as np
import tantivy

from ..storage import PassageIds

_MAX_READ = 8_192  # hits of the whole index among which those of the selection are looked for
_SPARE = 2  # times as many hits are read as are expected to be needed

Hits = list[tuple[int, float]]


def search_within(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query, k: int, within: PassageIds | None
) -> Hits:
    """Up to `k` passage ids with their scores, best first; only of these passages, if they are given.

    A large selection is found by reading further down the hits of all passages, which is faster than a query for its
    ids; the latter finds a small one, or one that has few hits.
    """
    if within is None:
        return _hits(searcher, query, k)
    if not len(within):
        return []
    limit = int(_SPARE * k * searcher.num_docs / len(within)) + 1
    while limit <= _MAX_READ:
        hits = _hits(searcher, query, limit)
        kept = _kept(hits, within)
        if len(kept) >= k or len(hits) < limit:
            return kept[:k]
        limit *= 4
    ids = tantivy.Query.term_set_query(schema, "id", within.tolist())
    must = tantivy.Occur.Must
    chosen = tantivy.Query.boolean_query([(must, query), (must, tantivy.Query.boost_query(ids, 0.0))])
    return _hits(searcher, chosen, k)


def _hits(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> Hits:
    hits = searcher.search(query, limit=limit, count=False).hits
    if not hits:
        return []
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    return [(int(i), float(score)) for i, (score, _) in zip(ids, hits, strict=True) if i is not None]


def _kept(hits: Hits, within: PassageIds) -> Hits:
    """The hits that are among these sorted ids."""
    ids = np.array([i for i, _ in hits], dtype=np.int64)
    positions = np.minimum(np.searchsorted(within, ids), len(within) - 1)
    return [hit for hit, is_in in zip(hits, within[positions] == ids, strict=True) if is_in]
