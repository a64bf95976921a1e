"""The reader of a setting, loaded once per process when the first question is asked; off if it can't be used."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache

from .load import BUNDLED, load_reader
from .reader import Reader, ReaderUnavailable

_LOG = logging.getLogger(__name__)
_LOADING = threading.Lock()


class OptionalReader:
    """The reader of a setting. Thread-safe.

    Attributes:
        setting: "bundled", the folder of a model, or "none".
    """

    def __init__(self, setting: str = BUNDLED) -> None:
        self.setting = setting

    def load(self) -> Reader | None:
        """The reader, loaded at the first call; None if it can't be used (see `warning`) or the setting is "none"."""
        return self._loaded()[0]

    @property
    def warning(self) -> str:
        """Why the reader can't be used, with the file and what to do. Empty if it can, and for "none". Loads it."""
        return self._loaded()[1]

    def _loaded(self) -> tuple[Reader | None, str]:
        with _LOADING:
            return _load(self.setting)


@lru_cache(maxsize=2)
def _load(setting: str) -> tuple[Reader | None, str]:
    try:
        return load_reader(setting), ""
    except ReaderUnavailable as error:
        _LOG.warning("Answers are chosen without the reader: %s", error)
        return None, str(error)
