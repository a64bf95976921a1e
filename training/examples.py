"""Questions to train on: loading, keeping groups aside, and negatives made from other examples."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

TITLED = "wikipedia"  # the source whose groups are named by the title of their article


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
    """Load questions from lines of JSON: source, group, question, context, answer, start.

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
        title = row["group"].replace("_", " ") if row["source"] == TITLED else ""
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
    """Negatives: questions with another passage of the same group, where the answer's words don't occur.

    For groups with one passage (news), the passage is one of the same source.
    """
    chance = random.Random(seed)
    passages: dict[tuple[str, str], list[str]] = defaultdict(list)
    for example in examples:
        for key in ((example.source, example.group), (example.source, "")):
            passages[key].append(example.passage)
    unique = {key: sorted(set(found)) for key, found in passages.items()}
    negatives = []
    answerable = [example for example in examples if example.answer is not None]
    for example in chance.sample(answerable, min(int(len(examples) * share), len(answerable))):
        own = unique[example.source, example.group]
        passage = chance.choice(own if len(own) > 1 else unique[example.source, ""])
        if passage != example.passage and str(example.answer).casefold() not in passage.casefold():
            negatives.append(replace(example, passage=passage, start=None, end=None))
    return negatives


def with_titles(examples: Sequence[Example], share: float, chance: random.Random) -> list[Example]:
    """The same examples, with their titles only for a share of them: articles may have none or another one."""
    return [example if chance.random() < share else replace(example, title="") for example in examples]
