"""Loads an embedder on first use."""

from __future__ import annotations

import threading

from .embedder import Embedder, SentenceTransformerEmbedder, precision_of
from .precision import PrecisionSetting


class EmbedderLoader:
    """An embedder, or the name of one and how to load it. Thread-safe.

    Attributes:
        name: the name of the model.
    """

    def __init__(self, embedder: str | Embedder, precision: PrecisionSetting = "auto") -> None:
        self.name = embedder if isinstance(embedder, str) else embedder.name
        self._loaded = None if isinstance(embedder, str) else embedder
        self._precision = precision
        self._lock = threading.Lock()

    def load(self) -> Embedder:
        """Return the embedder, which is loaded on the first call."""
        with self._lock:
            if self._loaded is None:
                self._loaded = SentenceTransformerEmbedder.load(self.name, self._precision)
            return self._loaded

    @property
    def arithmetic(self) -> str:
        """The number format in which the embedder multiplies, or will once it is loaded."""
        if self._loaded is None:
            return precision_of(self.name, self._precision)
        return getattr(self._loaded, "precision", "full")
