"""The work that follows an add: near-duplicates, statements, vectors. Each batch is a commit of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ..embedding import Embedder
from ..errors import LibraryFailed
from ..records import Progress, Statement
from ..statements import STATEMENT_WORKER
from ..storage import Database
from ..text import content_spans
from ..workers import Side, WorkerStopped, WorkPool

_LOG = logging.getLogger(__name__)
_SORTED_TOGETHER = 512  # passages; the more, the less padding
_EMBEDDED_TOGETHER = 64  # passages; a stop loses at most that much work
_READ_TOGETHER = 8  # articles
_LOOK_SECONDS = 0.5  # how often to look whether another process has done the work
_MOST_PAUSED_SECONDS = 1.0  # so that it goes on under questions without end

OnProgress = Callable[[Progress], None]


class CatchUp:
    """Embeds passages and, side by side with it, compares articles and reads them for statements.

    One run at a time, of all processes: another one waits until the work is done.
    """

    def __init__(self, database: Database, embedder: Callable[[], Embedder], lock: Path) -> None:
        self._database = database
        self._embedder = embedder
        self._lock = threading.Lock()
        self._process_lock = FileLock(lock)
        self._answering = 0
        self._answered = threading.Condition()

    def run(self, progress: OnProgress | None, stop: threading.Event | None) -> None:
        """Do all of it until nothing is left or `stop` is set.

        Raises:
            LibraryFailed: the library can't be written.
        """
        with self._lock:
            while not (stop and stop.is_set()):
                try:
                    with self._process_lock.acquire(timeout=_LOOK_SECONDS):
                        return self._work(progress or (lambda _: None), stop)
                except Timeout:
                    if not self._is_anything_left():
                        return None
                except OSError as error:
                    raise LibraryFailed(f"{self._process_lock.lock_file}: {error.strerror}") from error
            return None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """No batch begins within: a question is answered meanwhile."""
        with self._answered:
            self._answering += 1
        try:
            yield
        finally:
            with self._answered:
                self._answering -= 1
                self._answered.notify_all()

    def _work(self, tell: OnProgress, stop: threading.Event | None) -> None:
        read = Side(
            self._read,
            lambda: self._database.statements.count_pending() or self._database.duplicates.count_unplaced(),
            lambda done, total: tell(Progress("statements", done, total)),
        )
        embed = Side(
            self._embed,
            self._database.vectors.count_missing,
            lambda done, total: tell(Progress("embed", done, total)),
        )
        WorkPool(self._give_way, stop).run(read, embed)

    def _give_way(self) -> None:
        """Wait while questions are answered."""
        with self._answered:
            self._answered.wait_for(lambda: not self._answering, timeout=_MOST_PAUSED_SECONDS)

    def _is_anything_left(self) -> bool:
        stores = self._database
        return bool(
            stores.vectors.count_missing() or stores.statements.count_pending() or stores.duplicates.count_unplaced()
        )

    def _place(self) -> Iterator[int]:
        """Compare articles with the others; yields 0, batch by batch."""
        while batch := self._database.duplicates.unplaced(_READ_TOGETHER):
            self._database.duplicates.place(batch)
            yield 0

    def _embed(self) -> Iterator[int]:
        """Embed passages; yields how many, batch by batch."""
        while waiting := self._database.passages_without_vectors(_SORTED_TOGETHER):
            waiting.sort(key=lambda passage: len(passage.text))
            for start in range(0, len(waiting), _EMBEDDED_TOGETHER):
                batch = waiting[start : start + _EMBEDDED_TOGETHER]
                spans = [[s.shifted(-passage.start) for s in passage.sentences] for passage in batch]
                words = [content_spans(passage.text) for passage in batch]
                embeddings = self._embedder().embed_passages([passage.text for passage in batch], spans, words)
                self._database.vectors.put({p.id: e for p, e in zip(batch, embeddings, strict=True)})
                yield len(batch)

    def _read(self) -> Iterator[int]:
        """Compare articles, and read them for statements; yields how many were read, batch by batch."""
        yield from self._place()
        while batch := self._database.statements.unread(_READ_TOGETHER):
            found = _statements([text for _, _, text in batch])
            self._database.statements.put(
                (article_id, text_hash, statements)
                for (article_id, text_hash, _), statements in zip(batch, found, strict=True)
            )
            yield len(batch)
            yield from self._place()  # what has come meanwhile


def _statements(texts: Sequence[str]) -> list[list[Statement]]:
    """The statements of each text; none for a text at which the process that finds them ends."""
    try:
        return STATEMENT_WORKER.find(texts)
    except WorkerStopped as error:
        if len(texts) > 1:
            return [_statements([text])[0] for text in texts]
        _LOG.warning("no statements were found in an article of %s characters: %s", len(texts[0]), error)
        return [[]]
