"""Search by words: a tantivy index that follows the library's change counter.

It is a folder beside the SQLite file and contains only derived data: if it is missing, damaged or belongs to another
library, it is rebuilt.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import tantivy
from filelock import FileLock, Timeout

from ..errors import LibraryFailed
from ..storage import Database, PassageIds
from .analyzer import ANALYZER, all_query, analyzer, any_query, fuzzy_query, normalize, schema
from .index_folder import IndexFolder, IndexPosition
from .within import search_within

_LOG = logging.getLogger(__name__)
_FORMAT = 4  # incremented when the schema, the analyzer or `normalize` changes: older folders are rebuilt
_WRITER_BYTES = 64_000_000
_BATCH = 10_000  # passages
_MAX_LAG = 1_000  # changes without new passages after which the position is recorded anyway
_MAX_WAIT_SECONDS = 1.0  # how long a question waits for new passages; then it uses the index without them
_NO_WAIT_SECONDS = 5.0  # after such a wait, how long no question waits again

# How tantivy reports a full disk, file size limit or quota.
_FULL = re.compile(r"os error (?:27|28|122)|StorageFull|FileTooLarge|No space left|File too large", re.IGNORECASE)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open index and the change up to which it is current. Replaced as a whole, so it can be read without a lock."""

    index: tantivy.Index
    change: int


class WordIndex:
    """BM25 over passages and the titles of their articles. Thread-safe and process-safe."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = IndexFolder.writable(folder)
        self._database = database
        self._schema = schema()
        self._analyzer = analyzer()
        self._opened: _Opened | None = None
        self._no_wait_until = 0.0
        self._thread_lock = threading.RLock()
        self._process_lock = FileLock(self._folder.path.with_suffix(".lock"))

    def terms(self, text: str) -> list[str]:
        """The stemmed words of a text without stop words: the terms that are compared with passages."""
        return list(self._analyzer.analyze(normalize(text)))

    def search(self, terms: Sequence[str], k: int, within: PassageIds | None = None) -> list[tuple[int, float]]:
        """Up to `k` passage ids with their BM25 scores, best first; of these passages. No single term is required.

        Raises:
            LibraryFailed: the index can be neither read nor rebuilt.
        """
        if not terms or k < 1:
            return []
        query = any_query(terms, self._schema)
        return self._ask(lambda searcher: search_within(searcher, self._schema, query, k, within))

    def search_all(self, terms: Sequence[str], k: int, within: PassageIds | None = None) -> list[tuple[int, float]]:
        """Up to `k` passage ids, best first, of those passages that contain all terms."""
        if not terms or k < 1:
            return []
        query = all_query(terms, self._schema)
        return self._ask(lambda searcher: search_within(searcher, self._schema, query, k, within))

    def passage_frequency(self, term: str) -> int:
        """Number of passages that contain a (stemmed) term."""
        return self._ask(lambda searcher: int(searcher.doc_freq("text", term)))

    def occurs(self, term: str, max_edits: int = 0, within: PassageIds | None = None) -> bool:
        """Whether one of these passages or its title contains a term, or one within `max_edits` letters of it."""
        query = fuzzy_query(term, max_edits, self._schema)
        return self._ask(lambda searcher: bool(search_within(searcher, self._schema, query, 1, within)))

    def count(self) -> int:
        """Number of passages in the index."""
        return self._ask(lambda searcher: int(searcher.num_docs))

    def ids(self) -> list[int]:
        """Sorted ids of the passages in the index."""

        def found(searcher: tantivy.Searcher) -> list[int]:
            if not searcher.num_docs:
                return []
            hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
            return sorted(
                int(i) for i in searcher.fast_field_values("id", [address for _, address in hits]) if i is not None
            )

        return self._ask(found)

    def follow(self) -> None:
        """Bring the index up to date with the database.

        Raises:
            LibraryFailed: the index can be neither written nor read.
        """
        self._ask(lambda _: None, wait_seconds=-1)

    def rebuild(self, *, forget_lost: bool = False) -> None:
        """Rebuild the folder. `forget_lost` also discards its record of lost changes.

        Raises:
            LibraryUnusable: the folder contains files of other programs.
        """
        with self._thread_lock, self._process_lock:
            position = self._folder.position()
            self._opened = None
            self._folder.discard()
            if position and position.lost and not forget_lost:
                self._create(position)
            self._current()

    def problems(self) -> list[str]:
        """Problems of the folder, one line each."""
        with self._thread_lock, self._process_lock:
            position = self._folder.position()
            if position is None:
                return []  # nothing was indexed yet
            found = [] if self._folder.is_whole(position) else ["A file of the word index is damaged."]
        if position.lost:
            found.append(
                f"The word index contains change {position.lost}, which the library's file doesn't: an older copy was"
                " restored, or the last changes were lost. Add the latest articles again."
            )
        return found

    def _ask(self, question: Callable[[tantivy.Searcher], T], wait_seconds: float = _MAX_WAIT_SECONDS) -> T:
        """Run a query on the current index; if the index turns out to be damaged, rebuild it first."""
        try:
            return question(self._current(wait_seconds).searcher())
        except BaseException as error:
            if not _is_damage(error):
                raise
            _LOG.warning("The word index is damaged and will be rebuilt: %s", error)
            self.rebuild()
            return question(self._current().searcher())

    def _current(self, wait_seconds: float = -1) -> tantivy.Index:
        """The index, brought up to date with the database if that is possible in time.

        If another thread or process writes it for longer than `wait_seconds` (-1: wait forever), or it can't be
        written, returns it without the latest changes, provided that it was opened before.
        """
        if wait_seconds > 0 and time.monotonic() < self._no_wait_until:
            wait_seconds = 0  # one question runs many queries
        change = self._database.change()
        opened = self._opened
        if opened is not None and opened.change == change:
            return opened.index
        if not self._thread_lock.acquire(timeout=-1 if opened is None else wait_seconds) and opened is not None:
            self._no_wait_until = time.monotonic() + _NO_WAIT_SECONDS
            return opened.index
        try:
            return self._update(change, wait_seconds)
        finally:
            self._thread_lock.release()

    def _update(self, change: int, wait_seconds: float) -> tantivy.Index:
        if self._opened is None or self._opened.change != change:
            try:
                # One process writes; the others then find it up to date.
                with self._process_lock.acquire(timeout=-1 if self._opened is None else wait_seconds):
                    self._opened = self._follow()
            except Timeout:
                self._no_wait_until = time.monotonic() + _NO_WAIT_SECONDS
                _LOG.info("another process is writing the word index; its earlier state is used")
            except (OSError, ValueError) as error:
                if self._opened is None:
                    raise LibraryFailed(f"The word index at {self._folder.path} can't be used: {error}") from error
                _LOG.warning("the word index could not be updated: %s", error)
        if self._opened is None:
            raise LibraryFailed(f"The word index at {self._folder.path} can't be used.")
        return self._opened.index

    def _follow(self) -> _Opened:
        position = self._folder.position()
        index = self._open(position)
        if index is None or position is None:
            index, position = self._create(position)
        if position.change:
            self._opened = _Opened(index, -1)  # usable while the rest is being added, and if that fails
        if position.change < self._database.change():
            try:
                position = self._add_changes(index, position)
            except ValueError as error:
                if _FULL.search(str(error)):
                    raise
                _LOG.warning("the word index is being rebuilt: %s", error)
                index, position = self._create(position)
                position = self._add_changes(index, position)
        index.reload()
        return _Opened(index, position.change)

    def _open(self, position: IndexPosition | None) -> tantivy.Index | None:
        """The index in the folder, or None if it has to be rebuilt."""
        database = self._database
        if position is None or position.library != database.identity() or position.format != _FORMAT:
            return None
        if position.change and (not position.stamp or position.stamp != database.stamp(position.change)):
            return None
        if self._opened is not None:
            return self._opened.index
        try:
            if not self._folder.is_whole(position):
                _LOG.warning("the word index at %s is damaged and will be rebuilt", self._folder.path)
                return None
            index = tantivy.Index.open(str(self._folder.path))
            index.register_tokenizer(ANALYZER, self._analyzer)
            index.searcher()
        except BaseException as error:
            if not _is_damage(error) and not isinstance(error, OSError):
                raise
            return None
        return index

    def _create(self, before: IndexPosition | None) -> tuple[tantivy.Index, IndexPosition]:
        """Create an empty index. Returns it with its position."""
        database = self._database
        lost = before.lost if before and before.library == database.identity() else 0
        if before and before.library == database.identity() and before.change > database.change():
            lost = max(lost, before.change)
            _LOG.warning("the library's file is older than its word index: change %s was lost", lost)
        self._folder.discard()
        self._folder.path.mkdir(parents=True)
        position = IndexPosition(database.identity(), 0, "", _FORMAT, lost=lost)
        self._folder.save(position, is_whole=False)
        index = tantivy.Index(self._schema, path=str(self._folder.path))
        index.register_tokenizer(ANALYZER, self._analyzer)
        return index, position

    def _add_changes(self, index: tantivy.Index, position: IndexPosition) -> IndexPosition:
        """Add what changed since `position`, in batches. Nothing is written if no passage has changed."""
        while True:
            with self._database.snapshot():
                last = self._database.change()
                stamp = self._database.stamp(last)
                removed = self._database.removed_since(position.change)
                passages = self._database.passages_since(position.change, _BATCH)
            is_last = len(passages) < _BATCH
            reached = replace(position, change=last, stamp=stamp)
            if not is_last:
                change = passages[-1][0]
                reached = replace(position, change=change, stamp=self._database.stamp(change))
            if removed or passages:
                self._folder.save(position, is_whole=False)
                self._write(index, removed, passages)
                self._folder.save(reached, is_whole=True)
                index.reload()
                reached = self._folder.position() or reached
            elif last - position.change > _MAX_LAG:
                self._folder.save(reached, is_whole=True)
            position = reached
            if is_last:
                return position

    def _write(
        self, index: tantivy.Index, removed: Sequence[int], passages: Sequence[tuple[int, int, str, str]]
    ) -> None:
        """Delete, then add, by passage id, so that repeating it is harmless (idempotent)."""
        stale = [*removed, *(passage_id for _, passage_id, _, _ in passages)] if index.searcher().num_docs else []
        writer = index.writer(_WRITER_BYTES, num_threads=1)
        try:
            writer.garbage_collect_files()  # a killed commit leaves a file that the next commit couldn't overwrite
            if stale:  # by query: delete_documents_by_term compares with a signed number and finds nothing
                writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "id", stale))
            for _, passage_id, title, text in passages:
                document = tantivy.Document()
                document.add_unsigned("id", passage_id)
                document.add_text("title", normalize(title))
                document.add_text("text", normalize(text))
                writer.add_document(document)
            writer.commit()
        finally:
            writer.wait_merging_threads()


def _is_damage(error: BaseException) -> bool:
    """Whether tantivy raised this because of damaged files; its panics aren't an `Exception`."""
    return isinstance(error, ValueError) or type(error).__name__ == "PanicException"
