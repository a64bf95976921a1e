"""Cost of reading: python bench/speed/reading.py [PASSAGES]

Passages of about 180 tokens, made from the sample articles: passages per second of the reader, its ratio to embedding
the same passages, and the time of one question with its best five passages.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from index.chunking import passage_spans, sentence_spans
from index.embedding import SentenceTransformerEmbedder
from rag.reading import load_reader

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
QUESTION = "How many people were injured in the attack on the station?"
ROUNDS, BEST = 5, 5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    embedder = SentenceTransformerEmbedder.load()
    reader = load_reader()
    assert reader
    passages = texts(embedder, count)
    tokens = statistics.mean(embedder.count_tokens(passages))
    nothing: list[list] = [[] for _ in passages]
    # One after the other in each round, so that a busy machine slows down both.
    rounds = [
        (
            seconds(lambda: embedder.embed_passages(passages, nothing, nothing)),
            seconds(lambda: reader.read(QUESTION, passages)),
            seconds(lambda: embedder.embed_passages(passages[:1], nothing[:1], nothing[:1])),
            seconds(lambda: reader.read(QUESTION, passages[:BEST])),
        )
        for _ in range(ROUNDS)
    ]
    embedding, reading, one, best = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"{len(passages)} passages of {tokens:.0f} tokens, median of {ROUNDS}")
    print(f"embedding  {len(passages) / embedding:7.1f} passages/s")
    print(f"reading    {len(passages) / reading:7.1f} passages/s, {reading / embedding:.2f} × the time of embedding")
    print(f"a question with {BEST} passages: {best * 1000:.0f} ms, {best / one:.1f} × embedding one passage")


def texts(embedder: SentenceTransformerEmbedder, count: int) -> list[str]:
    """Passages of the samples, repeated if there are too few."""
    found: list[str] = []
    for path in sorted(EXAMPLES.glob("*.md")):
        text = path.read_text("utf-8")
        spans = passage_spans(text, sentence_spans(text), embedder.count_tokens, embedder.max_tokens)
        found += [text[span.start : span.end] for span in spans]
    full = [text for text, tokens in zip(found, embedder.count_tokens(found), strict=True) if tokens >= 140] or found
    return (full * (count // len(full) + 1))[:count]


def seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
