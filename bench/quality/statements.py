"""Scores statement extraction on PolNeAR: python bench/quality/statements.py FOLDER [--pronouns FILE]

FOLDER contains `articles/NAME.txt` and `attributions/NAME.ann` (brat stand-off). In a clone of
networkdynamics/PolNeAR, use `data/dev`: its folders are `text` and `attributions`, and the names of annotations end
with the annotator's id (`NAME_ef2d.ann`). All annotated attributions count, including nested ones and those without a
source.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from index import Span
from index.chunking.sentences import sentence_spans
from index.statements.parser import Parser
from index.statements.statements import find_utterance_runs
from index.statements.utterances import UtteranceRun
from index.text import fold_name, names_match

Spans = tuple[Span, ...]
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")
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
    """Counts of right and wrong speakers of found statements."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0
    pronouns: list[bool] = field(default_factory=list)


def annotation_of(name: str, folder: Path) -> Path:
    """The stand-off file of an article; of several annotators, the first by id.

    Raises:
        FileNotFoundError: there is none.
    """
    by_annotator = (path for path in sorted(folder.glob("*.ann")) if _ANNOTATOR.sub("", path.stem) == name)
    found = next((path for path in (folder / f"{name}.ann", *by_annotator) if path.is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{folder} has no annotation of {name}: neither {name}.ann nor {name}_ID.ann.")
    return found


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


def found_in(runs: Iterable[UtteranceRun]) -> list[Unit]:
    """The found attributions. Continued quotations belong to the preceding cue.

    Statements that another one reports are left out: the annotation contains only the one that reports them.
    """
    units = []
    for run in runs:
        continued = [span for _, said in run if said.is_continuation for part in said.parts for span in part.content]
        parts = [(said, part) for _, said in run if not said.is_continuation for part in said.parts]
        if any(said.via for _, said in run):
            continue
        if not parts:  # a paragraph of its own
            parts, continued = [(run[0][1], run[0][1].parts[0])], continued[1:]
        for at, (said, part) in enumerate(parts):
            content = sorted({*part.content, *(continued if at == 0 else ())})
            units.append(Unit((part.mention,), (part.cue,), tuple(content), said.speaker.name))
    return units


def characters(spans: Spans) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def score(kind: str, gold: list[Unit], found: list[Unit], exact: Tally, overlap: Tally) -> None:
    """Count spans of one kind. Two spans overlap if they share at least 30 % of all their characters."""
    expected = {spans for unit in gold if (spans := getattr(unit, kind))}
    got = {spans for unit in found if (spans := getattr(unit, kind))}
    exact.gold += len(expected)
    exact.found += len(got)
    exact.right += len({frozenset(characters(s)) for s in expected} & {frozenset(characters(s)) for s in got})
    overlap.gold += len(expected)
    overlap.found += len(got)
    left = [characters(spans) for spans in expected]
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
    """Whether both are the same attribution: they share the cue, or 30 % of the content."""
    own, other = characters(unit.content), characters(gold.content)
    return bool(characters(unit.cue) & characters(gold.cue)) or len(own & other) >= 0.3 * len(own | other)


def right_speaker(text: str, unit: Unit, gold: Unit, pronouns: dict[int, str | None]) -> bool | None:
    """Whether the speaker is the annotated source; None if the annotation doesn't identify the source."""
    start = gold.source[0].start
    written = " ".join(span.of(text) for span in gold.source)
    if start in pronouns:
        name = pronouns[start]
        return bool(name) and names_match(fold_name(unit.speaker), fold_name(name or ""))
    if any(character.isupper() for character in written.replace("He", "he").replace("She", "she")):
        shared = set(fold_name(unit.speaker)) & {word for part in written.split() for word in fold_name(part)}
        return bool(shared) or bool(characters(unit.source) & characters(gold.source))
    return True if characters(unit.source) & characters(gold.source) else None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument(
        "--pronouns", type=Path, default=PRONOUNS, help="referents of pronouns (default: of the dev split)"
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
        gold = annotated(annotation_of(path.stem, chosen.folder / "attributions"))
        start = time.perf_counter()
        runs = find_utterance_runs(text, sentence_spans(text), parser)
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
