"""Search passages by words and by meaning."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from ..embedding import Embedding, Vector
from ..records import Passage
from ..storage import EVERYTHING, Database, PassageIds, Selection, one_of
from .vector_index import VectorIndex
from .word_index import WordIndex

Contains = Callable[[str, str], bool]  # whether a text contains the words of a phrase

_MAX_VERIFIED = 10_000  # passages with the terms of a phrase, best first, whose texts are compared with it
_MAX_SELECTIONS = 16  # whose passages are kept: a question needs them several times
_MAX_CONTAINING = 100_000  # passages


class PassageSearch:
    """The passages of a library, with both indexes over them. Thread-safe."""

    def __init__(self, database: Database, words: WordIndex, vectors: VectorIndex) -> None:
        self._database = database
        self._words = words
        self._vectors = vectors
        self._selected: dict[tuple[int, Selection], PassageIds] = {}
        self._selected_lock = threading.Lock()

    def by_id(self, passage_ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id, without those that were removed."""
        return self._database.passages(passage_ids)

    def at(self, offsets: Iterable[tuple[int, int]]) -> list[Passage]:
        """The passages that contain these positions: pairs of an article id and an offset in its text."""
        return self._database.passages_at(offsets)

    def of_article(self, article_id: int) -> list[Passage]:
        """The passages of an article in text order."""
        return self._database.passages_of(article_id)

    def terms(self, text: str) -> list[str]:
        """The stemmed words of a text without stop words: the terms that word search compares."""
        return self._words.terms(text)

    def count(self) -> int:
        """Number of passages in the word index. Unlike `Library.status`, it costs nothing."""
        return self._words.count()

    def frequency(self, term: str) -> int:
        """Number of passages that contain a term."""
        return self._words.passage_frequency(term)

    def occurs(self, term: str, max_edits: int = 0, within: Selection = EVERYTHING) -> bool:
        """Whether a passage or title contains a term, or one within `max_edits` letters of it."""
        return self._words.occurs(term, max_edits, self._ids(within))

    def by_words(self, terms: Sequence[str], k: int, within: Selection = EVERYTHING) -> list[tuple[int, float]]:
        """Up to `k` passage ids with their BM25 scores, best first. Scores don't depend on the selection."""
        return self._words.search(terms, k, self._ids(within))

    def by_vector(self, vector: Vector, k: int, within: Selection = EVERYTHING) -> list[tuple[int, float]]:
        """Up to `k` passage ids with their cosine similarity to a unit vector, best first."""
        return self._vectors.search(vector, k, self._ids(within))

    def articles_with(self, words: str) -> Selection:
        """The articles with these words: all in one passage, or as they stand in a title, outlet, author or source."""
        if not words.strip():
            return EVERYTHING
        passage_ids = [i for i, _ in self._words.search_all(self.terms(words), _MAX_CONTAINING)]
        return one_of("id", self._database.lists.with_words(words, passage_ids))

    def containing(self, words: str, within: Selection, contains: Contains) -> Selection:
        """The passages of a selection that contain a phrase.

        `contains` returns whether a text contains it; it is called for passages with all terms of the phrase. A phrase
        of common words only, which have no terms, restricts nothing.
        """
        if not (ids := self._with_phrase(words, within, contains)):
            return within if not self.terms(words) else within.only(())
        return within.only(ids)

    def without(self, words: str, within: Selection, contains: Contains) -> Selection:
        """The passages of a selection that don't contain a word, in any of its forms, or a phrase."""
        found = self._with_phrase(words, within, contains if " " in words else None)
        if not found:
            return within
        everything = self._database.lists.passage_ids(within) if within.passages is None else within.passages
        gone = set(found)
        return within.only(i for i in everything if i not in gone)

    def _with_phrase(self, words: str, within: Selection, contains: Contains | None) -> list[int]:
        ids = [i for i, _ in self._words.search_all(self.terms(words), _MAX_VERIFIED, self._ids(within))]
        if contains is None:
            return ids
        return [passage.id for passage in self.by_id(ids).values() if contains(passage.text, words)]

    def embeddings(self, passage_ids: Sequence[int]) -> dict[int, Embedding]:
        """Vectors of passages, their sentences and their words, without passages that aren't embedded yet."""
        return self._database.vectors.embeddings(passage_ids)

    def sentence_vectors(self, passage_ids: Sequence[int]) -> dict[int, Vector]:
        """Vectors of the sentences of passages, [sentences, dim], without passages that aren't embedded yet."""
        return self._database.vectors.of_sentences(passage_ids)

    def _ids(self, within: Selection) -> PassageIds | None:
        """The sorted ids of the passages of a selection; None for all passages."""
        if within.is_everything:
            return None
        key = (self._database.change(), within)
        if (ids := self._selected.get(key)) is None:
            ids = self._database.lists.passage_ids(within)
            if within.passages is not None:
                ids = np.intersect1d(ids, np.array(within.passages, dtype=np.int64))
            with self._selected_lock:
                while len(self._selected) >= _MAX_SELECTIONS:
                    self._selected.pop(next(iter(self._selected)))
                self._selected[key] = ids
        return ids
