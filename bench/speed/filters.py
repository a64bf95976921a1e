"""Filters in a large library: python bench/speed/filters.py [ARTICLES] (default: 10,000)

The library has short articles of 50 outlets, each a passage of the sample articles with other words and a perturbed
vector. Compares searches and answers in one outlet with those in the whole library, by turns, so that the ratio doesn't
depend on what else the machine does, and with an exhaustive search in the outlet.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median, quantiles

os.environ["OMP_NUM_THREADS"] = "1"  # before torch is loaded

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.speed.grow import _WORD, _near
from index import Library, Where
from index.chunking.passages import PassageSpan
from index.records import LoadedArticle
from index.storage.database import Database
from rag import Assistant
from rag.question import SearchQuery
from rag.retrieval.ranking import rank_passages

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
QUESTIONS = Path(__file__).parents[1] / "quality" / "questions.jsonl"
OUTLETS = 50
_CHANGED = 0.2  # share of the longer words
_K = 10
_TIMES = 60


def fill(library: Library, articles: int) -> None:
    """Add articles of one passage, the outlets by turns."""
    library.add(EXAMPLES)
    passages = [p for article in library.articles() for p in library.passages.of_article(article.id)]
    embeddings = library.passages.embeddings([p.id for p in passages])
    chance, drawn = random.Random(1), np.random.default_rng(1)
    words = sorted({word for p in passages for word in _WORD.findall(p.text)})
    by_length = {len(word): [other for other in words if len(other) == len(word)] for word in words}
    database = Database.open(library.directory / "library.db", library.embedder.name)

    def changed(match: object) -> str:
        word = match[0]  # type: ignore[index]
        return chance.choice(by_length[len(word)]) if chance.random() < _CHANGED else word

    vectors = {}
    for number in range(articles):
        passage = passages[number % len(passages)]
        outlet = f"Outlet {chance.randrange(OUTLETS)}"
        text = f"{_WORD.sub(changed, passage.text)} ({number})"
        span = PassageSpan(0, len(passage.text), tuple(s.shifted(-passage.start) for s in passage.sentences))
        _, article_id = database.put(LoadedArticle(f"a{number}", f"Article {number}", text, publisher=outlet), [span])
        [copy] = library.passages.of_article(article_id)
        vectors[copy.id] = _near(embeddings[passage.id], drawn)
        if len(vectors) == 1_000 or number == articles - 1:
            database.vectors.put(vectors)
            vectors = {}
    database.close()


def recalls(library: Library, assistant: Assistant, questions: list[str]) -> tuple[float, float, float]:
    """Recall of the ten nearest in an outlet by exact cosine, of the ten best of an exhaustive ranking, and hits."""
    nearest, ranked, hits = [], [], []
    for number, question in enumerate(questions):
        where = Where(publishers=(f"Outlet {number % OUTLETS}",))
        within = library.select(where)
        ids = [p.id for article in library.articles(where=where) for p in library.passages.of_article(article.id)]
        vectors = {i: embedding.passage for i, embedding in library.passages.embeddings(ids).items()}
        vector = library.embedder.embed_question(question)
        exact = sorted(vectors, key=lambda i: -float(vectors[i] @ vector))[:_K]
        found = [i for i, _ in library.passages.by_vector(vector, _K, within)]
        nearest.append(len(set(found).intersection(exact)) / _K)
        whole = rank_passages(library, SearchQuery.of(question), len(ids), within).without_duplicates().hits(_K)
        got = assistant.search(question, _K, where=where)
        hits.append(len(got))
        ranked.append(len({h.passage.id for h in got} & {h.passage.id for h in whole}) / max(len(whole), 1))
    return mean(nearest), mean(ranked), min(hits)


def ratio(calls: list[Callable[[str], object]], questions: list[str]) -> dict[str, float]:
    """Times of a filtered and an unfiltered call by turns: ratios of the median and of the 95th percentile."""
    spent: list[list[float]] = [[], []]
    for number in range(_TIMES):
        for position in (0, 1) if number % 2 else (1, 0):
            asked = f"{questions[number % len(questions)]} {2 * number + position}"  # the embedding isn't cached
            start = time.perf_counter()
            calls[position](asked)
            spent[position].append(1000 * (time.perf_counter() - start))
    p95 = [quantiles(its, n=20)[18] for its in spent]
    return {
        "unfiltered p50 ms": round(median(spent[1]), 1),
        "p50 ratio": round(median(spent[0]) / median(spent[1]), 2),
        "p95 ratio": round(p95[0] / p95[1], 2),
    }


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[:50]]
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        fill(library, articles)
        assistant, where = Assistant(library), Where(publishers=("Outlet 7",))
        for one in (None, where):
            assistant.ask("What did Kirby say?", where=one)  # warm-up
        nearest, ranked, least = recalls(library, assistant, questions)
        print(f"{len(library):,} articles, {library.catalog.count(library.select(where)):,} of the outlet")
        print(f"recall@10 in the outlet: nearest {nearest:.3f}, ranking {ranked:.3f}; at least {least} hits")
        searches = [lambda q: assistant.search(q, where=where), lambda q: assistant.search(q)]
        print("search", json.dumps(ratio(searches, questions)))
        asks = [lambda q: assistant.ask(q, where=where), lambda q: assistant.ask(q)]
        print("ask", json.dumps(ratio(asks, questions)))


if __name__ == "__main__":
    main()
