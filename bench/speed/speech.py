"""Cost of statements, as ratios in one run: python bench/speed/speech.py [STATEMENTS …]

Extraction: words per second in its worker process, and its effect on answers. Questions: `ask` about a speaker in
libraries of that many synthetic statements, relative to embedding the question once.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from index import Embedding, Library, Span, Statement
from index.chunking.passages import PassageSpan
from index.records import LoadedArticle
from index.statements.worker import STATEMENT_WORKER
from index.storage.database import Database
from index.storage.statements import StatementStore
from rag import Assistant

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
QUESTIONS = ("What did {} say?", "What did {} say about the harbour?", "Did {} deny that the bridge was closed?")
PER_ARTICLE = 20
FIRST = [
    "Ann",
    "Bob",
    "Carla",
    "Dan",
    "Eva",
    "Finn",
    "Greta",
    "Hal",
    "Ida",
    "Jon",
    "Kim",
    "Lea",
    "Max",
    "Nora",
    "Olaf",
    "Pia",
    "Rob",
    "Sue",
    "Tom",
    "Una",
]
TOPICS = [
    "harbour",
    "bridge",
    "school",
    "tunnel",
    "ferry",
    "budget",
    "strike",
    "election",
    "hospital",
    "storm",
    "railway",
    "museum",
]


def milliseconds(calls: list[Callable[[], object]]) -> list[float]:
    """Time of each call."""
    spent = []
    for call in calls:
        start = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - start))
    return sorted(spent)


def p95(spent: list[float]) -> float:
    return spent[int(len(spent) * 0.95)]


def fill(library: Library, statements: int) -> list[str]:
    """Add synthetic articles of twenty statements each, with random vectors. Returns the speakers' names."""
    chance = random.Random(7)
    names = [
        f"{first} {chance.choice('BDFGKLMNPRSTV')}{chance.choice('aeiou')}rn{n}" for n in range(100) for first in FIRST
    ]
    database: Database = library._database
    store: StatementStore = database.statements
    vectors = np.random.default_rng(7)
    for number in range(statements // PER_ARTICLE):
        sentences, made, at = [], [], 0
        parts = []
        for _ in range(PER_ARTICLE):
            name = names[min(int(chance.expovariate(1 / 150)), len(names) - 1)]
            one, two, three = chance.choices(TOPICS, k=3)
            text = f"{name} said that the {one} {two} of {number} was {three}."
            end = at + len(text)
            sentences.append(Span(at, end))
            said = (Span(at + len(name) + 6, end - 1),)
            made.append(Statement(0, name, "said", text, at, end, content=said, mention=name, is_person=True))
            parts.append(text)
            at += len(text) + 1
        spans = [sentences[i : i + 5] for i in range(0, PER_ARTICLE, 5)]
        passages = [PassageSpan(group[0].start, group[-1].end, tuple(group)) for group in spans]
        text = " ".join(parts)
        _, article_id = database.put(LoadedArticle(f"a{number}", f"Article {number}", text), passages)
        [(_, text_hash, _)] = store.pending(1)
        store.put([(article_id, text_hash, made)])
        found = database.passages_without_vectors(len(passages))
        random_ = vectors.standard_normal((len(found), 6, 384)).astype(np.float32)
        random_ /= np.linalg.norm(random_, axis=2, keepdims=True)
        counts = (8,) * 5  # random words as well
        made_up = {
            p.id: Embedding(v[0], v[1:], np.repeat(v[1:], 8, axis=0), counts)
            for p, v in zip(found, random_, strict=True)
        }
        database.vectors.put(made_up)
    return names


def asking(statements: int) -> dict[str, float]:
    """Measure `ask` about speakers of a library with a number of statements."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        names = fill(library, statements)
        assistant = Assistant(library)
        asked = [question.format(name) for name in (*names[:10], *names[100:110]) for question in QUESTIONS]
        assistant.ask(asked[0])
        words = [f"word {number}" for number in range(60)]
        embed = statistics.median(milliseconds([lambda w=w: library.embedder.embed_question(w) for w in words]))
        spent = milliseconds([lambda q=q: assistant.ask(q) for q in asked])
        speakers = milliseconds([lambda: library.speakers()])
    return {
        "statements": statements,
        "ms to embed a question": round(embed, 1),
        "ask p50 / embed": round(statistics.median(spent) / embed, 2),
        "ask p95 / embed": round(p95(spent) / embed, 2),
        "all speakers, ms": round(speakers[0], 1),
    }


def finding() -> dict[str, object]:
    """Measure extraction beside answers."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        library.add(EXAMPLES)
        assistant = Assistant(library)
        texts = [article.text for article in library.articles()]
        words = sum(len(text.split()) for text in texts)
        questions = ("What did Kirby say about {}?", "What blocked {}?", "What did Obama say of {}?")
        calls = [
            lambda q=q, n=n: assistant.ask(q.format(f"the {TOPICS[n % len(TOPICS)]} of {n}"))
            for n in range(80)
            for q in questions
        ]
        milliseconds(calls[:6])
        STATEMENT_WORKER.find(texts[:1])
        quiet = milliseconds(calls[::2])
        alone = p95(quiet)
        stop, read = threading.Event(), [0]

        def work() -> None:
            while not stop.is_set():
                STATEMENT_WORKER.find(texts)
                read[0] += words

        start = time.perf_counter()
        thread = threading.Thread(target=work)
        thread.start()
        spent = milliseconds(calls[1::2])
        beside = p95(spent)
        stop.set()
        thread.join()
        busy = read[0] / (time.perf_counter() - start)
        start = time.perf_counter()
        for _ in range(5):
            STATEMENT_WORKER.find(texts)
        idle = 5 * words / (time.perf_counter() - start)
        STATEMENT_WORKER.close()
    return {
        "words/s beside an idle app": round(idle),
        "words/s beside an app that answers without pause": round(busy),
        "ask p50, p95, ms": [round(statistics.median(quiet), 1), round(alone, 1)],
        "ask p50 while statements are found / alone": round(statistics.median(spent) / statistics.median(quiet), 2),
        "ask p95 while statements are found / alone": round(beside / alone, 2),
    }


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print(json.dumps(finding(), indent=1))
    for size in sizes:
        print(json.dumps(asking(size), indent=1))


if __name__ == "__main__":
    main()
