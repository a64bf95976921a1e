"""Cost of answers relative to embedding the question, in one run: python bench/speed/answers.py"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.speed.grow import grow
from index import Library
from index.text import content_spans
from rag import Assistant

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
PASSAGES = 10_000
QUESTIONS = (
    "What did Kirby say?",
    "How much sand was dredged in the Suez Canal?",
    "What percentage voted to leave the European Union?",
    "Who painted the Mona Lisa?",
)


def milliseconds(call: Callable[[str], object], filler: str, times: int = 15) -> float:
    """Median time of a call over questions. All differ, because embedded questions are cached."""
    spent = []
    for question in QUESTIONS:
        for number in range(1, times + 1):
            asked = f"{question} {filler * number}"
            start = time.perf_counter()
            call(asked)
            spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        embedder = library.embedder
        start = time.perf_counter()
        library.add(EXAMPLES)
        add_seconds = time.perf_counter() - start

        passages = [p for article in library.articles() for p in library.passages.of_article(article.id)]
        spans = [[s.shifted(-p.start) for s in p.sentences] for p in passages]
        start = time.perf_counter()
        embedder.embed_passages([p.text for p in passages], spans, [content_spans(p.text) for p in passages])
        embed_seconds = time.perf_counter() - start

        grow(library, PASSAGES)
        assistant = Assistant(library)
        assistant.ask(QUESTIONS[0])  # warm-up
        embed = milliseconds(embedder.embed_question, "please ")
        search = milliseconds(assistant.search, "very ")
        ask = milliseconds(assistant.ask, "just ")
        library_passages = library.status().passages
    figures = {
        "passages": library_passages,
        "add / embedding alone": round(add_seconds / embed_seconds, 2),
        "search / embedding the question": round(search / embed, 2),
        "ask / embedding the question": round(ask / embed, 2),
        "milliseconds to embed a question": round(embed, 1),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
