"""Question sets: articles, questions, and the offsets of their answers in the files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

_BENCH = Path(__file__).parent.parent / "quality"
_EXAMPLES = _BENCH.parent / "examples" / "articles"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

# A slice of a file: its name and raw offsets.
Place = tuple[str, int, int]


@dataclass(frozen=True)
class Question:
    """A question and the places of its accepted answers. It is unanswerable if there are none."""

    text: str
    answers: tuple[Place, ...]


@dataclass(frozen=True)
class QuestionSet:
    """Questions about a folder of articles (name → path)."""

    name: str
    articles: dict[str, Path]
    questions: list[Question]


class RawText:
    """The raw text of an article file, searchable for quotes regardless of white space."""

    def __init__(self, text: str) -> None:
        self._offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
        self._dense = "".join(text.split())

    def find(self, quote: str, start: int = 0) -> tuple[int, int] | None:
        """Raw offsets of the first occurrence of a quote at or after the raw offset `start`."""
        dense = "".join(quote.split())
        first = next((i for i, offset in enumerate(self._offsets) if offset >= start), len(self._offsets))
        at = self._dense.find(dense, first) if dense else -1
        return None if at < 0 else (self._offsets[at], self._offsets[at + len(dense) - 1] + 1)


def load(folder: Path | None, limit: int | None = None) -> QuestionSet:
    """A set in the format of `articles/*.txt` and `questions.jsonl`, or the project's own about the sample articles.

    Questions with gold quotes or spans are answerable; of the others, those of kind "unanswerable" are taken.

    Args:
        folder: of the set; None for the project's own.
        limit: at most that many answerable and that many unanswerable questions.
    """
    paths = sorted(_EXAMPLES.glob("*.md") if folder is None else (folder / "articles").glob("*.txt"))
    articles = {path.name: path for path in paths}
    raw = raw_texts(articles)
    lines = ((_BENCH if folder is None else folder) / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines if line.strip()]
    facts = [Question(item["question"], _places(item, raw)) for item in items if _has_places(item)]
    others = [Question(item["question"], ()) for item in items if item["kind"] == "unanswerable"]
    return QuestionSet(folder.name if folder else "samples", articles, [*islice(facts, limit), *islice(others, limit)])


def raw_texts(articles: dict[str, Path]) -> dict[str, RawText]:
    """The raw texts of files."""
    return {name: RawText(path.read_text(encoding="utf-8")) for name, path in articles.items()}


def bodies(articles: dict[str, Path]) -> dict[str, str]:
    """The input of the peers: texts without YAML front matter."""
    return {name: _FRONT_MATTER.sub("", path.read_text(encoding="utf-8")) for name, path in articles.items()}


def _has_places(item: dict[str, Any]) -> bool:
    """Whether each answer is a single place; those of kind "statements" are lists of spans."""
    return any(isinstance(gold, dict) for gold in item.get("gold", ()))


def _places(item: dict[str, Any], raw: dict[str, RawText]) -> tuple[Place, ...]:
    places: list[Place] = []
    for gold in item["gold"]:
        if "span" in gold:
            start, end = gold["span"]
            places.append((gold["file"], start, end))
            continue
        found = raw[gold["file"]].find(gold["quote"])
        if found is None:
            raise ValueError(f"{gold['quote']!r} isn't in {gold['file']}")
        while found is not None:
            places.append((gold["file"], *found))
            found = raw[gold["file"]].find(gold["quote"], found[0] + 1)
    return tuple(places)
