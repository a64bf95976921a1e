"""Texts to vectors, by the library's own embedder."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from index import Embedder, Span, Vector
from index.chunking import cl100k, count_tokens

from ..limits import MAX_EMBEDDED_AT_ONCE
from ..messages import doors as texts
from .errors import RequestRefused
from .schemas import EmbeddingsBody, Json


def embeddings(embedder: Embedder, body: EmbeddingsBody) -> Json:
    """The response to a request.

    Raises:
        RequestRefused: the input is empty, too long or too much, or has unknown tokens.
    """
    given = _texts(body)
    if body.dimensions not in (None, embedder.dim):
        raise RequestRefused(texts.wrong_dimensions(body.dimensions or 0, embedder.dim), "dimensions")
    if (longest := max(embedder.count_tokens(given))) > embedder.max_tokens:
        raise RequestRefused(texts.input_too_long(longest, embedder.max_tokens), "input", code="input_too_long")
    no_spans: list[Sequence[Span]] = [()] * len(given)
    vectors = [one.passage for one in embedder.embed_passages(given, no_spans, no_spans)]
    tokens = sum(count_tokens(given))
    return {
        "object": "list",
        "data": [
            {"object": "embedding", "index": index, "embedding": _encoded(vector, body.encoding_format == "base64")}
            for index, vector in enumerate(vectors)
        ],
        "model": body.model,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }


def _texts(body: EmbeddingsBody) -> list[str]:
    given = [body.input] if isinstance(body.input, str) or _is_tokens(body.input) else body.input
    found = [one if isinstance(one, str) else _decoded(one) for one in given]
    if len(found) > MAX_EMBEDDED_AT_ONCE:
        raise RequestRefused(texts.too_many_inputs(len(found), MAX_EMBEDDED_AT_ONCE), "input")
    found = [one.encode("utf-8", "replace").decode("utf-8") for one in found]  # lone surrogates can't be encoded
    if not found or not all(one.strip() for one in found):
        raise RequestRefused(texts.EMPTY_INPUT, "input")
    return found


def _is_tokens(given: Sequence[object]) -> bool:
    return bool(given) and isinstance(given[0], int)


def _decoded(tokens: Any) -> str:
    try:
        return cl100k().decode(tokens)
    except KeyError:
        raise RequestRefused(texts.UNKNOWN_TOKENS, "input") from None


def _encoded(vector: Vector, as_base64: bool) -> str | list[float]:
    if as_base64:
        return base64.b64encode(np.asarray(vector, dtype="<f4").tobytes()).decode("ascii")
    numbers: list[float] = vector.tolist()
    return numbers
