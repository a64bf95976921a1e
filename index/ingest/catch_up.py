"""The work that follows an add: near-duplicate detection, statements and embeddings. Each batch is one transaction."""

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
from ..workers import BatchTask, WorkerStopped, WorkPool

_LOG = logging.getLogger(__name__)
_SORT_WINDOW = 512  # passages sorted by length: a larger window means less padding
_EMBED_BATCH = 64  # passages; at most one batch of work is lost when the program stops
_ARTICLE_BATCH = 8
_LOCK_POLL_SECONDS = 0.5  # how often to check whether another process has finished the work
_MAX_PAUSE_SECONDS = 1.0  # per batch, so that an unbroken sequence of questions doesn't stop the work

OnProgress = Callable[[Progress], None]


class CatchUp:
    """Embeds passages and, concurrently, groups near-duplicates and extracts statements.

    Only one run at a time across all processes: any other waits until the work is done.
    """

    def __init__(self, database: Database, embedder: Callable[[], Embedder], lock: Path) -> None:
        self._database = database
        self._embedder = embedder
        self._lock = threading.Lock()
        self._process_lock = FileLock(lock)
        self._pause_count = 0
        self._pause_ended = threading.Condition()

    def run(self, progress: OnProgress | None, stop: threading.Event | None) -> None:
        """Work until nothing is left or `stop` is set.

        Raises:
            LibraryFailed: the library can't be written.
        """
        with self._lock:
            while not (stop and stop.is_set()) and self._has_work():
                try:
                    with self._process_lock.acquire(timeout=_LOCK_POLL_SECONDS):
                        return self._work(progress or (lambda _: None), stop)
                except Timeout:
                    continue
                except OSError as error:
                    raise LibraryFailed(
                        f"The lock file {self._process_lock.lock_file} can't be used: {error.strerror}."
                    ) from error
            return None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Start no batch within this context: a question is being answered."""
        with self._pause_ended:
            self._pause_count += 1
        try:
            yield
        finally:
            with self._pause_ended:
                self._pause_count -= 1
                self._pause_ended.notify_all()

    def _work(self, progress: OnProgress, stop: threading.Event | None) -> None:
        database = self._database
        statements = BatchTask(
            lambda: self._process_articles(stop),
            lambda: database.statements.count_pending() or database.duplicates.count_pending(),
            lambda done, total: progress(Progress("statements", done, total)),
        )
        embeddings = BatchTask(
            self._embed_passages,
            database.vectors.count_missing,
            lambda done, total: progress(Progress("embed", done, total)),
        )
        WorkPool(self._wait_while_paused, stop).run(statements, embeddings)

    def _wait_while_paused(self) -> None:
        with self._pause_ended:
            self._pause_ended.wait_for(lambda: not self._pause_count, timeout=_MAX_PAUSE_SECONDS)

    def _has_work(self) -> bool:
        database = self._database
        return not database.is_read_only and bool(
            database.vectors.count_missing()
            or database.statements.count_pending()
            or database.duplicates.count_pending()
        )

    def _embed_passages(self) -> Iterator[int]:
        """Embed passages, and yield the number of passages in each batch."""
        while pending := self._database.passages_without_vectors(_SORT_WINDOW):
            pending.sort(key=lambda passage: len(passage.text))
            for start in range(0, len(pending), _EMBED_BATCH):
                batch = pending[start : start + _EMBED_BATCH]
                spans = [[span.shifted(-passage.start) for span in passage.sentences] for passage in batch]
                words = [content_spans(passage.text) for passage in batch]
                embeddings = self._embedder().embed_passages([passage.text for passage in batch], spans, words)
                self._database.vectors.put(
                    {passage.id: embedding for passage, embedding in zip(batch, embeddings, strict=True)}
                )
                yield len(batch)

    def _process_articles(self, stop: threading.Event | None) -> Iterator[int]:
        """Group near-duplicates and extract statements; yield the number of articles with extracted statements."""
        yield from self._group_duplicates()
        while batch := self._database.statements.pending(_ARTICLE_BATCH):
            statements = _find_statements([text for _, _, text in batch], stop)
            if stop and stop.is_set():
                return  # the last ones may be missing
            self._database.statements.put(
                (article_id, text_hash, found)
                for (article_id, text_hash, _), found in zip(batch, statements, strict=True)
            )
            yield len(batch)
            yield from self._group_duplicates()  # articles added in the meantime

    def _group_duplicates(self) -> Iterator[int]:
        """Assign articles to near-duplicate clusters; yield 0 after each batch."""
        while batch := self._database.duplicates.pending(_ARTICLE_BATCH):
            self._database.duplicates.assign(batch)
            yield 0


def _find_statements(texts: Sequence[str], stop: threading.Event | None) -> list[list[Statement]]:
    """Find the statements of each text; none in a text on which the worker process stops."""
    try:
        return STATEMENT_WORKER.find(texts, stop)
    except WorkerStopped as error:
        if stop and stop.is_set():
            return []
        if len(texts) > 1:
            return [found for text in texts for found in _find_statements([text], stop)]
        _LOG.warning("no statements extracted from an article of %s characters: %s", len(texts[0]), error)
        return [[]]
