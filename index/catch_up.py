"""The work that follows an add: near-duplicates, statements, vectors. Each batch is a commit of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .content_words import content_spans
from .database import Database
from .embed import Embedder
from .errors import LibraryFailed
from .finder import FINDER, FinderStopped
from .records import Progress, Statement

_LOG = logging.getLogger(__name__)
_EMBEDDED_TOGETHER = 64  # passages; a stop loses at most that much work
_READ_TOGETHER = 8  # articles
_LOOK_SECONDS = 0.5  # how often to look whether another process has done the work
_MOST_PAUSED_SECONDS = 1.0  # so that it goes on under questions without end

OnProgress = Callable[[Progress], None]


class CatchUp:
    """Compares articles, reads them for statements and embeds passages, in turns.

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
        done = {"statements": 0, "embed": 0}
        while not (stop and stop.is_set()):
            self._give_way()
            placed, read, embedded = self._place(), self._read(), self._embed()
            if not placed and not read and not embedded:
                return
            for step, count, left in (
                ("statements", read, self._database.said.count_unread),
                ("embed", embedded, self._database.count_without_vectors),
            ):
                if count:
                    done[step] += count
                    tell(Progress(step, done[step], done[step] + left()))

    def _give_way(self) -> None:
        """Wait while questions are answered."""
        with self._answered:
            self._answered.wait_for(lambda: not self._answering, timeout=_MOST_PAUSED_SECONDS)

    def _is_anything_left(self) -> bool:
        stores = self._database
        return bool(stores.count_without_vectors() or stores.said.count_unread() or stores.stories.count_unplaced())

    def _place(self) -> int:
        """Compare some articles with the others; returns how many."""
        batch = self._database.stories.unplaced(_READ_TOGETHER)
        if batch:
            self._database.stories.place(batch)
        return len(batch)

    def _embed(self) -> int:
        """Embed some passages; returns how many."""
        batch = self._database.passages_without_vectors(_EMBEDDED_TOGETHER)
        if batch:
            spans = [[s.shifted(-passage.start) for s in passage.sentences] for passage in batch]
            words = [content_spans(passage.text) for passage in batch]
            embeddings = self._embedder().embed_passages([passage.text for passage in batch], spans, words)
            self._database.put_embeddings({p.id: e for p, e in zip(batch, embeddings, strict=True)})
        return len(batch)

    def _read(self) -> int:
        """Read some articles for statements; returns how many."""
        batch = self._database.said.unread(_READ_TOGETHER)
        if batch:
            found = _statements([text for _, _, text in batch])
            self._database.said.put(
                (article_id, text_hash, statements)
                for (article_id, text_hash, _), statements in zip(batch, found, strict=True)
            )
        return len(batch)


def _statements(texts: Sequence[str]) -> list[list[Statement]]:
    """The statements of each text; none for a text at which the process that finds them ends."""
    try:
        return FINDER.find(texts)
    except FinderStopped as error:
        if len(texts) > 1:
            return [_statements([text])[0] for text in texts]
        _LOG.warning("no statements were found in an article of %s characters: %s", len(texts[0]), error)
        return [[]]
