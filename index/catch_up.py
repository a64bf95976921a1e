"""The work that follows an add: vectors of passages, statements of articles. Each batch is a commit of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from .database import Database
from .embed import Embedder
from .finder import FINDER, FinderStopped
from .records import Progress, Statement

_LOG = logging.getLogger(__name__)
_EMBEDDED_TOGETHER = 64  # passages; a stop loses at most that much work
_READ_TOGETHER = 8  # articles

OnProgress = Callable[[Progress], None]


class CatchUp:
    """Embeds passages, and reads articles for statements, until none is left. One run at a time."""

    def __init__(self, database: Database, embedder: Callable[[], Embedder]) -> None:
        self._database = database
        self._embedder = embedder
        self._lock = threading.Lock()

    def run(self, progress: OnProgress | None, stop: threading.Event | None) -> None:
        """Do both side by side until nothing is left or `stop` is set."""
        failed = threading.Event()
        told = threading.Lock()

        def tell(step: Progress) -> None:
            if progress is not None:
                with told:
                    progress(step)

        def goes_on() -> bool:
            return not failed.is_set() and not (stop and stop.is_set())

        with self._lock, ThreadPoolExecutor(1, "statements") as beside:
            reading = beside.submit(self._read, tell, goes_on)
            try:
                self._embed(tell, goes_on)
            except BaseException:
                failed.set()
                raise
            reading.result()

    def _embed(self, tell: OnProgress, goes_on: Callable[[], bool]) -> None:
        done = 0
        while goes_on() and (batch := self._database.passages_without_vectors(_EMBEDDED_TOGETHER)):
            spans = [[s.shifted(-passage.start) for s in passage.sentences] for passage in batch]
            embeddings = self._embedder().embed_passages([passage.text for passage in batch], spans)
            self._database.put_embeddings({p.id: e for p, e in zip(batch, embeddings, strict=True)})
            done += len(batch)
            counts = self._database.counts()
            tell(Progress("embed", done, done + counts["passages"] - counts["vectors"]))

    def _read(self, tell: OnProgress, goes_on: Callable[[], bool]) -> None:
        done = 0
        while goes_on() and (batch := self._database.said.unread(_READ_TOGETHER)):
            found = _statements([text for _, _, text in batch])
            self._database.said.put(
                (article_id, text_hash, statements)
                for (article_id, text_hash, _), statements in zip(batch, found, strict=True)
            )
            done += len(batch)
            left = self._database.said.count_unread()
            tell(Progress("statements", done, done + left))


def _statements(texts: Sequence[str]) -> list[list[Statement]]:
    """The statements of each text; none for a text at which the process that finds them ends."""
    try:
        return FINDER.find(texts)
    except FinderStopped as error:
        if len(texts) > 1:
            return [_statements([text])[0] for text in texts]
        _LOG.warning("no statements were found in an article of %s characters: %s", len(texts[0]), error)
        return [[]]
