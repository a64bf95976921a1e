"""Statements by themselves, scored on PolNeAR: python bench/statements.py FOLDER [--pronouns FILE]

FOLDER has `articles/*.txt` and `attributions/*.ann` (brat stand-off; in a clone of networkdynamics/PolNeAR these are
the `text` and `attributions` folders of `data/dev`).
Every attribution of the annotation counts, those within quotations
and those without a source too.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from index import Span, folded, may_be_same
from index.chunking.sentences import sentence_spans
from index.statements.parser import Parser
from index.statements.statements import Run, find_runs

Spans = tuple[Span, ...]
PRONOUNS = Path(__file__).parent / "polnear_dev_pronouns.jsonl"
# Exact F1 of source, cue and content on PolNeAR's test split (CofeNet, COLING 2022, docs/cofenet-detail-exp.pdf).
PUBLISHED = {
    "CoreNLP": (13.9, None, 17.5),
    "CRF": (50.6, 53.4, 28.6),
    "BiLSTM-CRF": (71.1, 67.1, 60.9),
    "BERT-CRF": (82.2, 74.9, 71.0),
}


@dataclass(frozen=True)
class Unit:
    """One attribution: annotated or found."""

    source: Spans
    cue: Spans
    content: Spans
    speaker: str = ""


@dataclass
class Tally:
    """Counts of one kind of span."""

    right: float = 0
    found: int = 0
    gold: int = 0

    @property
    def figures(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"{100 * precision:5.1f} {100 * recall:5.1f} {100 * f1:5.1f}"


@dataclass
class Speakers:
    """Whether the speakers of found statements are right, as far as the annotation tells."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0
    pronouns: list[bool] = field(default_factory=list)


def annotated(path: Path) -> list[Unit]:
    """The attributions of a stand-off file."""
    spans: dict[str, Spans] = {}
    units = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("T"):
            name, rest, _ = line.split("\t", 2)
            pairs = [pair.split() for pair in rest.split(" ", 1)[1].split(";")]
            spans[name] = tuple(Span(int(start), int(end)) for start, end in pairs if int(start) < int(end))
    for line in lines:
        if line.startswith("E"):
            parts: dict[str, list[Span]] = defaultdict(list)
            for item in line.split("\t")[1].split():
                role, name = item.split(":")
                parts[role.rstrip("0123456789")] += spans.get(name, ())
            units.append(Unit(*(tuple(sorted(parts[role])) for role in ("Source", "Cue", "Content"))))
    return units


def found_in(runs: Iterable[Run]) -> list[Unit]:
    """The attributions that were found: the quotations that go on belong to the cue before them."""
    units = []
    for run in runs:
        going_on = [span for _, claim in run if claim.continues for part in claim.parts for span in part.content]
        parts = [(claim, part) for _, claim in run if not claim.continues for part in claim.parts]
        if not parts:  # a paragraph of its own
            parts, going_on = [(run[0][1], run[0][1].parts[0])], going_on[1:]
        for at, (claim, part) in enumerate(parts):
            content = sorted({*part.content, *(going_on if at == 0 else ())})
            units.append(Unit((part.mention,), (part.cue,), tuple(content), claim.someone.name))
    return units


def characters(spans: Spans) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def score(kind: str, gold: list[Unit], found: list[Unit], exact: Tally, overlap: Tally) -> None:
    """Count spans of one kind; overlap is counted where two share at least 30 % of all their characters."""
    wanted = {spans for unit in gold if (spans := getattr(unit, kind))}
    got = {spans for unit in found if (spans := getattr(unit, kind))}
    exact.gold += len(wanted)
    exact.found += len(got)
    exact.right += len({frozenset(characters(s)) for s in wanted} & {frozenset(characters(s)) for s in got})
    overlap.gold += len(wanted)
    overlap.found += len(got)
    left = [characters(spans) for spans in wanted]
    for spans in got:
        own = characters(spans)
        best = max(left, key=lambda other: len(own & other) / len(own | other), default=set())
        if own & best and len(own & best) >= 0.3 * len(own | best):
            left.remove(best)
            overlap.right += 1


def judge(text: str, gold: list[Unit], found: list[Unit], pronouns: dict[int, str | None], tally: Speakers) -> None:
    """Compare each found statement's speaker with the source of the same attribution."""
    for unit in found:
        near = [other for other in gold if other.source and is_same(unit, other)]
        if not near:
            continue
        verdicts = [right_speaker(text, unit, other, pronouns) for other in near]
        if True in verdicts:
            tally.right += 1
        elif False in verdicts:
            tally.wrong += 1
        else:
            tally.unknown += 1
        resolved = [v for v, o in zip(verdicts, near, strict=True) if v is not None and o.source[0].start in pronouns]
        tally.pronouns += resolved[:1]


def is_same(unit: Unit, gold: Unit) -> bool:
    """True where both are one attribution: they share the cue, or 30 % of the content."""
    own, other = characters(unit.content), characters(gold.content)
    return bool(characters(unit.cue) & characters(gold.cue)) or len(own & other) >= 0.3 * len(own | other)


def right_speaker(text: str, unit: Unit, gold: Unit, pronouns: dict[int, str | None]) -> bool | None:
    """Whether the speaker is the annotated source; None where the annotation doesn't tell who that is."""
    start = gold.source[0].start
    written = " ".join(span.of(text) for span in gold.source)
    if start in pronouns:
        name = pronouns[start]
        return bool(name) and may_be_same(folded(unit.speaker), folded(name or ""))
    if any(character.isupper() for character in written.replace("He", "he").replace("She", "she")):
        shared = set(folded(unit.speaker)) & {word for part in written.split() for word in folded(part)}
        return bool(shared) or bool(characters(unit.source) & characters(gold.source))
    return True if characters(unit.source) & characters(gold.source) else None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument(
        "--pronouns", type=Path, default=PRONOUNS, help="whom pronouns stand for (ours: the dev split)"
    )
    chosen = options.parse_args()
    resolved: dict[str, dict[int, str | None]] = defaultdict(dict)
    for line in chosen.pronouns.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        resolved[entry["file"]][entry["start"]] = entry["speaker"]
    parser = Parser()
    exact, overlap = defaultdict(Tally), defaultdict(Tally)
    speakers = Speakers()
    words, seconds = 0, 0.0
    folder = next(f for f in (chosen.folder / "articles", chosen.folder / "text") if f.is_dir())
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        gold = annotated(chosen.folder / "attributions" / f"{path.stem}.ann")
        start = time.perf_counter()
        runs = find_runs(text, sentence_spans(text), parser)
        seconds += time.perf_counter() - start
        words += len(text.split())
        found = found_in(runs)
        for kind in ("source", "cue", "content"):
            score(kind, gold, found, exact[kind], overlap[kind])
        judge(text, gold, found, resolved[path.name], speakers)
    print(f"{'':26}source P    R    F1     cue P    R    F1  content P    R    F1")
    for name, tallies in (("exact", exact), ("overlap ≥ .3", overlap)):
        print(f"{name:24}", *(tallies[kind].figures for kind in ("source", "cue", "content")), sep="   ")
    print("published, exact F1 on the test split (source / cue / content):")
    for name, figures in PUBLISHED.items():
        print(f"  {name:12}", " / ".join("–" if figure is None else str(figure) for figure in figures))
    judged = speakers.right + speakers.wrong
    print(
        f"speaker wrong: {100 * speakers.wrong / max(judged, 1):.1f} % of {judged} statements"
        f" ({speakers.unknown} more can't be judged)"
    )
    if speakers.pronouns:
        right = sum(speakers.pronouns)
        print(f"pronouns right: {100 * right / len(speakers.pronouns):.1f} % of {len(speakers.pronouns)}")
    print(f"{words / seconds:,.0f} words/s in one process")


if __name__ == "__main__":
    main()
