"""Questions to train on: loading, keeping groups aside, and negatives made from other examples."""

from __future__ import annotations

import hashlib
import heapq
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

TITLED = "wikipedia"  # the source whose groups are named by the title of their article
_NEAREST = 5  # passages from which a negative is chosen


@dataclass(frozen=True, slots=True)
class Example:
    """A question on one passage. `start` and `end` are the offsets of the answer; None if there is none."""

    source: str
    group: str
    question: str
    passage: str
    start: int | None
    end: int | None
    title: str = ""

    @property
    def answer(self) -> str | None:
        """The words that answer."""
        return None if self.start is None else self.passage[self.start : self.end]


def untitled(examples: Sequence[Example]) -> list[Example]:
    """The same examples, without titles."""
    return [replace(example, title="") for example in examples]


def load_examples(path: Path) -> list[Example]:
    """Load questions from lines of JSON: source, group, question, context, answer, start and, where known, title.

    Raises:
        ValueError: an answer isn't at its offset.
    """
    examples = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        answer, start = row["answer"], row["start"]
        end = None if answer is None else start + len(answer)
        if answer is not None and row["context"][start:end] != answer:
            raise ValueError(f"{path}, line {number}: the answer isn't at offset {start}")
        title = row["group"].replace("_", " ") if row["source"] == TITLED else row.get("title", "")
        start = None if answer is None else start
        examples.append(Example(row["source"], row["group"], row["question"], row["context"], start, end, title))
    return examples


def split(examples: Sequence[Example], share: float, seed: int) -> tuple[list[Example], list[Example]]:
    """Split into examples to train on and examples kept aside: whole groups, a share of each source's."""
    groups: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        groups[example.source].add(example.group)
    aside: set[tuple[str, str]] = set()
    for source, names in sorted(groups.items()):
        ranked = sorted(names, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
        aside |= {(source, name) for name in ranked[: max(round(len(ranked) * share), 1)]}
    kept = [example for example in examples if (example.source, example.group) in aside]
    return [example for example in examples if (example.source, example.group) not in aside], kept


def other_passages(examples: Sequence[Example], share: float, seed: int) -> list[Example]:
    """Negatives: questions with a passage that a search would find too, and where the answer's words don't occur.

    The passage is one of those of the same group that share the rarest words with the question. For groups with one
    passage (news), it is one of the same source.
    """
    chance = random.Random(seed)
    passages: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(dict)
    for example in examples:
        words = _words(example.passage)
        passages[example.source, example.group][example.passage] = words
        passages[example.source, ""][example.passage] = words
    texts = {passage: words for found in passages.values() for passage, words in found.items()}
    counts = Counter(word for words in texts.values() for word in words)
    negatives = []
    answerable = [example for example in examples if example.answer is not None]
    for example in chance.sample(answerable, min(int(len(examples) * share), len(answerable))):
        own = passages[example.source, example.group]
        asked = _words(example.question)
        scored = [
            (sum(1 / counts[word] for word in asked & words), passage)
            for passage, words in (own if len(own) > 1 else passages[example.source, ""]).items()
            if passage != example.passage and str(example.answer).casefold() not in passage.casefold()
        ]
        if scored:
            _, passage = chance.choice(heapq.nlargest(_NEAREST, scored))
            negatives.append(replace(example, passage=passage, start=None, end=None))
    return negatives


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def with_titles(examples: Sequence[Example], share: float, chance: random.Random) -> list[Example]:
    """The same examples, with their titles only for a share of them: articles may have none or another one."""
    return [example if chance.random() < share else replace(example, title="") for example in examples]
