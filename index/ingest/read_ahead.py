"""Read the articles of a file in a thread while the first ones are being added, so that their number is known soon."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from types import TracebackType
from typing import Final

from ..records import LoadedArticle
from .load import LoadedItem

_REPORT_EVERY: Final = 20  # articles
MAX_WAITING_CHARACTERS: Final = 50_000_000  # of texts that were read and not added yet


class ReadAhead:
    """Iterates over what `load` yields. Leaving the context ends the reading.

    Attributes:
        found: the number of articles that were read until now.
    """

    def __init__(self, items: Iterator[LoadedItem], on_found: Callable[[int], None]) -> None:
        """Describe the reading. `on_found` is called with the number of articles, in the reading thread."""
        self.found = 0
        self._on_found = on_found
        self._items = items
        self._waiting: deque[LoadedItem] = deque()
        self._characters = 0
        self._failure: BaseException | None = None
        self._has_ended = self._is_left = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, name="read ahead", daemon=True)

    def __enter__(self) -> Iterator[LoadedItem]:
        self._thread.start()
        return self._next_items()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._is_left = True
            self._changed.notify_all()
        self._thread.join()  # the reading process serves one file at a time

    def _next_items(self) -> Iterator[LoadedItem]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._has_ended)
                if not self._waiting:
                    if self._failure is not None:
                        raise self._failure
                    return
                item = self._waiting.popleft()
                self._characters -= _size(item)
                self._changed.notify_all()
            yield item

    def _read(self) -> None:
        try:
            with closing(self._items) as items:  # type: ignore[type-var]  # a generator
                for item in items:
                    if not self._keep(item):
                        return
                    if not self.found % _REPORT_EVERY:
                        self._on_found(self.found)
            self._on_found(self.found)
        except BaseException as error:  # noqa: BLE001 raised again by the iterator
            self._failure = error
        finally:
            with self._changed:
                self._has_ended = True
                self._changed.notify_all()

    def _keep(self, item: LoadedItem) -> bool:
        """Let an item wait for its turn. Returns whether to go on."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_left or self._characters < MAX_WAITING_CHARACTERS)
            self._waiting.append(item)
            self._characters += _size(item)
            self.found += isinstance(item, LoadedArticle)
            self._changed.notify_all()
            return not self._is_left


def _size(item: LoadedItem) -> int:
    return len(item.text) if isinstance(item, LoadedArticle) else 0
