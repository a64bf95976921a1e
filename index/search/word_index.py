"""Search by words: a tantivy index that follows the library's change counter.

It lies in a folder beside the SQLite file and holds nothing that isn't in it: where it is missing, damaged or
another library's, it is made anew.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import tantivy
from filelock import FileLock, Timeout

from ..errors import LibraryFailed
from ..storage import Database
from ..text import mark_acronyms
from .analyzer import ANALYZER, analyzer, any_of, like, schema
from .index_folder import IndexFolder, Position

_LOG = logging.getLogger(__name__)
_FORMAT = 3  # one up when the schema or the analyzer changes: older folders are made anew
_WRITER_BYTES = 64_000_000
_TAKEN_TOGETHER = 10_000  # passages
_LAG = 1_000  # changes of other things than passages, after which the position is recorded all the same
_PATIENCE_SECONDS = 1.0  # that a question waits for what is new: then it is answered from what was there before
_IMPATIENT_SECONDS = 5.0  # for which nobody waits again

# How tantivy words a disk, a file or a quota that is full.
_FULL = re.compile(r"os error (?:27|28|122)|StorageFull|FileTooLarge|No space left|File too large", re.IGNORECASE)

T = TypeVar("T")


class WordIndex:
    """BM25 over passages and their articles' titles."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = IndexFolder(folder)
        self._database = database
        self._schema = schema()
        self._analyzer = analyzer()
        self._index: tantivy.Index | None = None
        self._change = -1  # what the opened searcher has seen
        self._impatient_until = 0.0
        self._thread_lock = threading.RLock()
        self._process_lock = FileLock(folder.with_suffix(".lock"))

    def terms(self, text: str) -> list[str]:
        """The stemmed words of a text, without stop words: what is compared with passages."""
        return list(self._analyzer.analyze(mark_acronyms(text)))

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Passage ids and BM25 scores for the terms, best first, at most `k`. No term has to occur.

        Raises:
            LibraryFailed: the index can be neither read nor made anew.
        """
        if not terms or k < 1:
            return []
        query = any_of(terms, self._schema)

        def found(searcher: tantivy.Searcher) -> list[tuple[int, float]]:
            hits = searcher.search(query, limit=k, count=False).hits
            if not hits:
                return []
            ids = searcher.fast_field_values("id", [address for _, address in hits])
            return [(int(i), float(score)) for i, (score, _) in zip(ids, hits, strict=True) if i is not None]

        return self._asked(found)

    def passage_frequency(self, term: str) -> int:
        """In how many passages a (stemmed) term occurs."""
        return self._asked(lambda searcher: int(searcher.doc_freq("text", term)))

    def occurs(self, term: str, letters: int = 0) -> bool:
        """True where a term occurs in a passage or a title, or one that differs by so many letters at most."""
        query = like(term, letters, self._schema)
        return self._asked(lambda searcher: bool(searcher.search(query, limit=1, count=False).hits))

    def count(self) -> int:
        """Number of passages in the index."""
        return self._asked(lambda searcher: int(searcher.num_docs))

    def ids(self) -> list[int]:
        """The ids of the passages in the index, in order."""

        def found(searcher: tantivy.Searcher) -> list[int]:
            if not searcher.num_docs:
                return []
            hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
            return sorted(
                int(i) for i in searcher.fast_field_values("id", [place for _, place in hits]) if i is not None
            )

        return self._asked(found)

    def follow(self) -> None:
        """Take in what changed since the last time.

        Raises:
            LibraryFailed: the index can be neither written nor read.
        """
        self._asked(lambda _: None, patience=-1)

    def rebuild(self, *, forget_lost: bool = False) -> None:
        """Make the folder anew; with `forget_lost` without what it says of changes that were lost.

        Raises:
            LibraryUnusable: the folder isn't one that was made here.
        """
        with self._thread_lock, self._process_lock:
            position = self._folder.position()
            self._index, self._change = None, -1
            self._folder.discard()
            if position and position.lost and not forget_lost:
                self._made(position)
            self._followed()

    def problems(self) -> list[str]:
        """What is wrong with the folder, in words."""
        with self._thread_lock, self._process_lock:
            position = self._folder.position()
            if position is None:
                return []  # there is none yet
            found = [] if self._folder.is_whole(position) else ["a file of the word index is damaged"]
        if position.lost:
            found.append(
                f"the word index has seen change {position.lost}, which the library's file does not hold: an older copy"
                " was restored, or what was written last is lost; add the latest articles again"
            )
        return found

    def _asked(self, question: Callable[[tantivy.Searcher], T], patience: float = _PATIENCE_SECONDS) -> T:
        """What the index answers; one that turns out to be damaged is made anew first."""
        try:
            return question(self._followed(patience).searcher())
        except BaseException as error:
            if not _is_damage(error):
                raise
            _LOG.warning("the word index is damaged and is made anew: %s", error)
            self.rebuild()
            return question(self._followed().searcher())

    def _followed(self, patience: float = -1) -> tantivy.Index:
        """The index, as far as the database is now; where it can't be written, as far as it was.

        Where another thread or process is writing it for longer than `patience` (seconds; -1: without end), it is
        given as it was, if it was opened before.
        """
        if patience > 0 and time.monotonic() < self._impatient_until:
            patience = 0  # a question asks many times
        change = self._database.change()
        seen, index = self._change, self._index  # in this order: they are set in the other one
        if index is not None and seen == change:
            return index
        if not self._thread_lock.acquire(timeout=-1 if index is None else patience) and index is not None:
            self._impatient_until = time.monotonic() + _IMPATIENT_SECONDS
            return index
        try:
            return self._follow_as_one(change, patience)
        finally:
            self._thread_lock.release()

    def _follow_as_one(self, change: int, patience: float) -> tantivy.Index:
        if self._index is None or self._change != change:
            try:
                # One process writes, the others find it done.
                with self._process_lock.acquire(timeout=-1 if self._index is None else patience):
                    self._index, self._change = self._follow()
            except Timeout:
                self._impatient_until = time.monotonic() + _IMPATIENT_SECONDS
                _LOG.info("another process is writing the word index; it is used as it was")
            except (OSError, ValueError) as error:
                if self._index is None:
                    raise LibraryFailed(f"the word index at {self._folder.path} can't be used: {error}") from error
                _LOG.warning("the word index stays as it was: %s", error)
        if self._index is None:
            raise LibraryFailed(f"the word index at {self._folder.path} can't be used")
        return self._index

    def _follow(self) -> tuple[tantivy.Index, int]:
        position = self._folder.position()
        index = self._open(position)
        if index is None or position is None:
            index, position = self._made(position)
        if position.change:
            self._index = index  # what it holds is found even while the rest is taken in, and where that fails
        if position.change < self._database.change():
            try:
                position = self._take_in(index, position)
            except ValueError as error:
                if _FULL.search(str(error)):
                    raise
                _LOG.warning("the word index is made anew: %s", error)
                index, position = self._made(position)
                position = self._take_in(index, position)
        index.reload()
        return index, position.change

    def _open(self, position: Position | None) -> tantivy.Index | None:
        """The index in the folder; None where it has to be made anew."""
        database = self._database
        if position is None or position.library != database.identity() or position.format != _FORMAT:
            return None
        if position.change and (not position.stamp or position.stamp != database.stamp(position.change)):
            return None
        if self._index is not None:
            return self._index
        try:
            if not self._folder.is_whole(position):
                _LOG.warning("the word index at %s is damaged and is made anew", self._folder.path)
                return None
            index = tantivy.Index.open(str(self._folder.path))
            index.register_tokenizer(ANALYZER, self._analyzer)
            index.searcher()
        except BaseException as error:
            if not _is_damage(error) and not isinstance(error, OSError):
                raise
            return None
        return index

    def _made(self, before: Position | None) -> tuple[tantivy.Index, Position]:
        """An empty index, and its position."""
        database = self._database
        lost = before.lost if before and before.library == database.identity() else 0
        if before and before.library == database.identity() and before.change > database.change():
            lost = max(lost, before.change)
            _LOG.warning("the library's file is older than its word index: change %s is lost", lost)
        self._folder.discard()
        self._folder.path.mkdir(parents=True)
        position = Position(database.identity(), 0, "", _FORMAT, lost=lost)
        self._folder.save(position, is_whole=False)
        index = tantivy.Index(self._schema, path=str(self._folder.path))
        index.register_tokenizer(ANALYZER, self._analyzer)
        return index, position

    def _take_in(self, index: tantivy.Index, position: Position) -> Position:
        """Bring the index up to the database, in batches; where no passage has changed, nothing is written."""
        while True:
            with self._database.snapshot():
                last = self._database.change()
                stamp = self._database.stamp(last)
                removed = self._database.removed_since(position.change)
                passages = self._database.passages_since(position.change, _TAKEN_TOGETHER)
            is_last = len(passages) < _TAKEN_TOGETHER
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
            elif last - position.change > _LAG:
                self._folder.save(reached, is_whole=True)
            position = reached
            if is_last:
                return position

    def _write(
        self, index: tantivy.Index, removed: Sequence[int], passages: Sequence[tuple[int, int, str, str]]
    ) -> None:
        """Delete, then add, by passage id: to do it twice is to do it once."""
        stale = [*removed, *(passage_id for _, passage_id, _, _ in passages)] if index.searcher().num_docs else []
        writer = index.writer(_WRITER_BYTES, num_threads=1)
        try:
            writer.garbage_collect_files()  # a killed commit leaves a file that the same commit could not write again
            if stale:  # by query: delete_documents_by_term takes its number for a signed one and finds nothing
                writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "id", stale))
            for _, passage_id, title, text in passages:
                document = tantivy.Document()
                document.add_unsigned("id", passage_id)
                document.add_text("title", mark_acronyms(title))
                document.add_text("text", mark_acronyms(text))
                writer.add_document(document)
            writer.commit()
        finally:
            writer.wait_merging_threads()


def _is_damage(error: BaseException) -> bool:
    """True for what tantivy raises over damaged files; where it panics, that is no `Exception`."""
    return isinstance(error, ValueError) or type(error).__name__ == "PanicException"
