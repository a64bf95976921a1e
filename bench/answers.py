"""What answers cost beyond the model, as ratios within one run: python bench/answers.py"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from index import Embedding, Library, content_spans
from index.database import Database
from index.passages import PassageSpan
from index.records import LoadedArticle
from rag import Assistant

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"
PASSAGES = 10_000
QUESTIONS = (
    "What did Kirby say?",
    "How much sand was dredged in the Suez Canal?",
    "What percentage voted to leave the European Union?",
    "Who painted the Mona Lisa?",
)


def milliseconds(call: Callable[[str], object], filler: str, times: int = 15) -> float:
    """Median time of a call on questions; no two are the same words, since embedded questions are remembered."""
    spent = []
    for question in QUESTIONS:
        for number in range(1, times + 1):
            asked = f"{question} {filler * number}"
            start = time.perf_counter()
            call(asked)
            spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def grow(library: Library, passages: int) -> None:
    """Fill a library up with copies of its articles: each with a word of its own, and vectors a little off."""
    database = Database.open(library.directory / "library.db", library.embedder.name)
    chance = np.random.default_rng(0)
    originals = [(article, library.passages_of(article.id)) for article in library.articles()]
    made = library.status().passages
    for number in count():
        for article, its in originals:
            if made >= passages:
                database.close()
                return
            known = library.embeddings([passage.id for passage in its])
            spans = [PassageSpan(p.start, p.end, p.sentences) for p in its]
            loaded = LoadedArticle(f"copy-{number}-{article.id}", article.title, f"{article.text} Copy{number}x.")
            _, article_id = database.put(loaded, spans)
            copies = zip(library.passages_of(article_id), its, strict=True)
            database.vectors.put({copy.id: _near(known[original.id], chance) for copy, original in copies})
            made += len(its)


def _near(embedding: Embedding, chance: np.random.Generator) -> Embedding:
    moved = embedding.passage + chance.normal(scale=0.02, size=embedding.passage.shape).astype(np.float32)
    return replace(embedding, passage=moved / np.linalg.norm(moved))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        embedder = library.embedder
        start = time.perf_counter()
        library.add(EXAMPLES)
        add_seconds = time.perf_counter() - start

        passages = [p for article in library.articles() for p in library.passages_of(article.id)]
        spans = [[s.shifted(-p.start) for s in p.sentences] for p in passages]
        start = time.perf_counter()
        embedder.embed_passages([p.text for p in passages], spans, [content_spans(p.text) for p in passages])
        embed_seconds = time.perf_counter() - start

        grow(library, PASSAGES)
        assistant = Assistant(library)
        assistant.ask(QUESTIONS[0])  # everything is loaded
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
