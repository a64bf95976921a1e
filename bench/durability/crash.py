"""Whether a library survives what may happen: python bench/crash.py [kills|full|damage|together …] [--rounds N]

* kills: a process that adds, replaces, removes, catches up and repairs is killed at random moments and at each named
  step; then what it had been told was accepted must be there, whole, and found, and nothing else.
* full: the disk is full at many sizes while articles are added and removed (a limit on the size of files).
* damage: files are cut and single bits flipped; each must be noticed, or do no harm.
* together: one process adds and removes while others ask; every citation must be a sentence of whom was asked for.

The storage is the real one; vectors and statements come from small stand-ins, as the model and the parser would take
seconds to load in each of some hundred processes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

import index.ingest.catch_up
from index import Embedding, Library, LibraryError, Span, Statement, Vector
from index.search.word_index import WordIndex
from index.storage.database import Database
from index.storage.duplicates import DuplicateStore
from index.storage.statements import StatementStore
from index.storage.vectors import VectorStore
from rag import Assistant

ARTICLES = 30
PEOPLE = ("Kirby", "Lopez", "Okafor", "Jensen")
STEPS: dict[str, tuple[type, str]] = {
    "accept": (Database, "put"),
    "remove": (Database, "remove"),
    "vectors": (VectorStore, "put"),
    "statements": (StatementStore, "put"),
    "near-duplicates": (DuplicateStore, "place"),
    "word index": (WordIndex, "_write"),
    "position": (WordIndex, "_take_in"),
    "repair": (WordIndex, "rebuild"),
}


class HashEmbedder:
    """Vectors from a hash: the same text has the same vector."""

    name, dim, max_tokens = "hash", 32, 200

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], words: Sequence[Sequence[Span]]
    ) -> list[Embedding]:
        return [
            Embedding(
                _vector(text),
                np.stack([_vector(span.of(text)) for span in its]),
                np.array([_vector(span.of(text)) for span in spans], np.float32).reshape(-1, self.dim),
                tuple(sum(one.start <= span.start < one.end for span in spans) for one in its),
            )
            for text, its, spans in zip(texts, sentences, words, strict=True)
        ]

    def embed_question(self, text: str) -> Vector:
        return _vector(text)

    def embed_words(self, text: str, words: Sequence[Span]) -> Vector:
        return np.array([_vector(span.of(text)) for span in words], np.float32).reshape(-1, self.dim)


class LineFinder:
    """A statement for each line "X said …"."""

    def find(self, texts: Sequence[str]) -> list[list[Statement]]:
        return [
            [_statement(match) for match in re.finditer(r"^(\w+) said (.+)$", text, re.MULTILINE)] for text in texts
        ]


def _vector(text: str) -> Vector:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    vector: Vector = np.random.default_rng(seed).standard_normal(HashEmbedder.dim).astype(np.float32)
    return vector / np.linalg.norm(vector)


def _statement(match: re.Match[str]) -> Statement:
    said = (Span(match.start(2), match.end(2)),)
    return Statement(
        0, match[1], "said", match[0], match.start(), match.end(), mention=match[1], content=said, is_person=True
    )


def opened(directory: Path) -> Library:
    index.ingest.catch_up.STATEMENT_WORKER = LineFinder()  # type: ignore[assignment]
    return Library.open(directory, HashEmbedder())


def article(number: int, version: int) -> str:
    lines = [f"{PEOPLE[(version + k) % 4]} said that ferry{number} has version{version} in part {k}." for k in range(3)]
    return f"Ferry news {number}\n\n" + "\n".join(lines)


def apart(work: Callable[[Callable[[Any], None]], None], kill_after: float | None = None) -> tuple[list[Any], int]:
    """Run `work` in a forked process, killed after some seconds: what it told, line by line, and its exit status."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        status = 1
        try:
            work(lambda value: os.write(writing, (json.dumps(value) + "\n").encode()) and None)
            status = 0
        except BaseException as error:  # noqa: BLE001 told to the parent
            os.write(writing, (json.dumps(["raised", f"{type(error).__name__}: {error}"]) + "\n").encode())
        os._exit(status)
    os.close(writing)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as told:
        values = [json.loads(line) for line in told if line.endswith("\n")]
    return values, os.waitpid(child, 0)[1]


def _work_on(folder: Path, seed: float, step: str | None, tell: Callable[[Any], None]) -> None:
    """Add, replace, remove, catch up and repair without end; at a named step it ends itself, before or after."""
    chance = random.Random(seed)
    if step is not None:
        _end_at(*STEPS[step], at=chance.randrange(1, 6), after=chance.random() < 0.5)
    library = opened(folder / "library")
    while True:
        number, what = chance.randrange(ARTICLES), chance.random()
        source = folder / f"{number}.txt"
        if what < 0.55:
            version = chance.randrange(10**9)
            source.write_text(article(number, version), encoding="utf-8")
            tell(["begin", number, version])
            library.add(source, wait=False)
            tell(["done", number, version])
        elif what < 0.75:
            for one in [one for one in library.articles() if Path(one.source).stem == str(number)]:
                tell(["begin", number, None])
                library.remove(one.id)
                tell(["done", number, None])
        elif what < 0.95:
            library.catch_up()
        else:
            library.repair()


def _end_at(owner: type, name: str, at: int, *, after: bool) -> None:
    method, calls = getattr(owner, name), Counter[str]()

    def ending(*values: Any, **more: Any) -> Any:
        calls[name] += 1
        if calls[name] == at and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = method(*values, **more)
        if calls[name] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, ending)


def _look_at(folder: Path, tell: Callable[[Any], None]) -> None:
    """What is in the library, and everything that is wrong with it."""
    with opened(folder / "library") as library:
        articles = {int(Path(one.source).stem): one for one in library.articles()}
        versions = {number: int(re.findall(r"version(\d+)", one.text)[0]) for number, one in articles.items()}
        tell(["versions", list(versions.items())])
        for number, version in versions.items():
            if articles[number].text != article(number, version).split("\n\n")[1]:
                tell(["wrong", f"article {number} is not whole"])
            found = library.search_words(library.terms(f"version{version}"), 5)
            if [p.article_id for p in library.passages([i for i, _ in found]).values()] != [articles[number].id]:
                tell(["wrong", f"article {number} is not found by its words"])
        library.catch_up()
        for problem in library.check():
            tell(["wrong", problem])
        nearest = library.search_vectors(library.embedder.embed_question("ferry"), 10_000)
        if len(nearest) != library.status().passages:
            tell(["wrong", "not all passages are found by meaning"])


def kills(rounds: int, seed: int = 1) -> list[str]:
    """What was wrong after kills at random moments and at each named step in turn."""
    chance, wrong = random.Random(seed), []
    steps = [None, *STEPS]
    with tempfile.TemporaryDirectory() as scratch:
        allowed: dict[int, set[int | None]] = {number: {None} for number in range(ARTICLES)}
        for number in range(rounds):
            step = steps[number % len(steps)]
            wait = chance.random() * (0.8 if step is None else 3.0)
            told, _ = apart(lambda tell, s=step: _work_on(Path(scratch), chance.random(), s, tell), wait)
            for what, *values in told:
                if what == "raised":
                    wrong.append(f"round {number}, {step}: {values[0]}")
                elif what == "begin":
                    allowed[values[0]] |= {values[1]}
                else:
                    allowed[values[0]] = {values[1]}
            told, status = apart(lambda tell: _look_at(Path(scratch), tell))
            wrong += [f"round {number}, {step}: {values[0]}" for what, *values in told if what in ("wrong", "raised")]
            versions = dict(next((values[0] for what, *values in told if what == "versions"), []))
            wrong += [
                f"round {number}, {step}: article {one} has {versions.get(one)}, it may have {may}"
                for one, may in allowed.items()
                if versions.get(one) not in may
            ]
            allowed = {one: {versions.get(one)} for one in allowed}
            if status:
                break
    return wrong


def _fill(folder: Path) -> None:
    for number in range(ARTICLES):
        (folder / f"{number}.txt").write_text(article(number, number), encoding="utf-8")
    with opened(folder / "library") as library:
        library.add(folder / "0.txt", *(folder / f"{number}.txt" for number in range(1, ARTICLES)))
        library.search_words(library.terms("ferry"), 1)


def full(sizes: int, seed: int = 1) -> list[str]:
    """What was wrong after the disk was full, at so many sizes of files."""
    chance, wrong = random.Random(seed), []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        apart(lambda _: _fill(folder))
        (folder / "more").mkdir()
        for number in range(8):
            (folder / "more" / f"{100 + number}.txt").write_text(article(100 + number, number), encoding="utf-8")
        for _ in range(sizes):
            copy = folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder / "library", copy / "library")
            limit = int(10 ** chance.uniform(1, 6))

            def work(tell: Callable[[Any], None], limit: int = limit, copy: Path = copy) -> None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                library = opened(copy / "library")
                before = {one.source: one.text for one in library.articles()}
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                report = library.add(folder / "more")
                accepted = {one.source: one.text for one in library.articles()}
                if not before.items() <= accepted.items() or len(accepted) != len(before) + len(report.added):
                    tell(["wrong", "articles are not as reported"])
                try:
                    library.remove(3)
                    library.search_words(library.terms("ferry"), 5)
                except LibraryError as error:
                    tell(["error", str(error)])
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                library.catch_up()
                for problem in library.check():
                    tell(["wrong", problem])

            told, _ = apart(work)
            told += apart(lambda tell, copy=copy: _check(copy / "library", tell))[0]
            wrong += [f"limit {limit}: {values[0]}" for what, *values in told if what in ("wrong", "raised")]
    return wrong


def _check(directory: Path, tell: Callable[[Any], None]) -> None:
    with opened(directory) as library:
        library.catch_up()
        for problem in library.check():
            tell(["wrong", problem])


def _served(library: Library) -> list[Any]:
    """All that a library shows of itself."""
    articles = [(one.id, one.title, one.text, one.source) for one in library.articles()]
    statements = [(one.speaker, one.text, one.start, one.end) for one in library.statements()]
    terms = library.terms("ferry version3 kirby")
    words = sorted((i, round(score, 4)) for i, score in library.search_words(terms, 1_000))
    vectors = library.search_vectors(library.embedder.embed_question("ferry"), 1_000)
    return json.loads(json.dumps([articles, statements, words, vectors]))


def damage(files: int, seed: int = 1) -> Counter[str]:
    """How damaged files were met: refused, reported, mended, harmless; "unnoticed" is what must not be."""
    chance, met = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        apart(lambda _: _fill(folder))
        [right], _ = apart(lambda tell: tell(_served(opened(folder / "library"))))
        for number in range(files):
            copy = folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder / "library", copy)
            names = (
                [copy / "library.db"] if number % 2 else sorted(p for p in (copy / "words").iterdir() if p.is_file())
            )
            _damage(chance.choice([path for path in names if path.stat().st_size]), chance)

            def look(tell: Callable[[Any], None], copy: Path = copy) -> None:
                logging.disable()
                try:
                    library = opened(copy)
                    problems = library.check()
                    tell("reported" if problems else "right" if _served(library) == right else "unnoticed")
                except LibraryError:
                    tell("refused")

            told, status = apart(look)
            met[told[0] if told and isinstance(told[0], str) else f"{told} {status}"] += 1
    return met


def _damage(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if chance.random() < 0.25:
        content = content[: chance.randrange(len(content))]
    else:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def together(seconds: float, readers: int = 4) -> tuple[list[str], int]:
    """What went wrong while one process wrote and others asked, and how many citations were looked at."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        apart(lambda _: _fill(folder))
        end = time.monotonic() + seconds
        children = [_begun(lambda tell: _write_until(folder, end, tell))]
        children += [_begun(lambda tell, s=seed: _ask_until(folder, end, s, tell)) for seed in range(readers)]
        told = [json.loads(line) for child, out in children for line in _told(child, out)]
    return [values[0] for what, *values in told if what != "seen"], sum(v[0] for what, *v in told if what == "seen")


def _begun(work: Callable[[Callable[[Any], None]], None]) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        told, _ = apart(work)
        os.write(writing, "".join(json.dumps(value) + "\n" for value in told).encode())
        os._exit(0)
    os.close(writing)
    return child, reading


def _told(child: int, reading: int) -> list[str]:
    with os.fdopen(reading) as out:
        lines = out.read().splitlines()
    os.waitpid(child, 0)
    return lines


def _write_until(folder: Path, end: float, tell: Callable[[Any], None]) -> None:
    chance, library = random.Random(1), opened(folder / "library")
    while time.monotonic() < end:
        source = folder / f"{chance.randrange(ARTICLES)}.txt"
        source.write_text(article(int(source.stem), chance.randrange(10**6)), encoding="utf-8")
        for failure in library.add(source, wait=chance.random() < 0.2).failed:
            tell(["wrong", failure.reason])
        if chance.random() < 0.2:
            library.remove(next(iter(library.articles())).id)


def _ask_until(folder: Path, end: float, seed: int, tell: Callable[[Any], None]) -> None:
    chance, seen = random.Random(seed), 0
    assistant = Assistant(opened(folder / "library"), "eager")
    while time.monotonic() < end:
        who = chance.choice(PEOPLE)
        for citation in assistant.ask(f"What did {who} say?").citations:
            seen += 1
            if not re.fullmatch(rf"{who} said that ferry\d+ has version\d+ in part \d\.", citation.quote):
                tell(["wrong", f"{who}: {citation.quote!r}"])
    tell(["seen", seen])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["kills", "full", "damage", "together", []])
    parser.add_argument("--rounds", type=int, help="kills (300), sizes (100), damaged files (200), seconds (300)")
    options = parser.parse_args()
    parts = options.parts or ["kills", "full", "damage", "together"]
    bad = 0
    for part in parts:
        if part == "damage":
            met = damage(options.rounds or 200)
            print("damage:", dict(met), flush=True)
            bad += sum(count for how, count in met.items() if how not in ("refused", "reported", "right"))
            continue
        if part == "together":
            wrong, seen = together(options.rounds or 300)
            print(f"together: {seen} citations, {len(wrong)} wrong or errors", flush=True)
        else:
            rounds = options.rounds or {"kills": 300, "full": 100}[part]
            wrong = kills(rounds) if part == "kills" else full(rounds)
            print(f"{part}: {rounds} rounds, {len(wrong)} wrong", flush=True)
        print("\n".join(wrong[:20]))
        bad += len(wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
