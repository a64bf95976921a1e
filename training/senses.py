"""Fit the classifiers of `rag.knowledge.senses` for the bundled embedding model and store their weights.

python -m training.senses
"""

from __future__ import annotations

from pathlib import Path

from safetensors.numpy import save_file

import rag.knowledge
from index.embedding import SentenceTransformerEmbedder
from rag.knowledge.senses import WEIGHTS, decide_common_words, fit


def main() -> None:
    """Write the weights beside the module."""
    embedder = SentenceTransformerEmbedder.load(precision="full")  # the same weights on every processor
    weights = fit(embedder)
    stored = {**weights, **decide_common_words(embedder, weights)}
    save_file(stored, Path(rag.knowledge.__file__).with_name(WEIGHTS))


if __name__ == "__main__":
    main()
