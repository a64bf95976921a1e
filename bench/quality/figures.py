"""Quality of retrieval, answers, abstention and follow-ups: python bench/quality/figures.py [PART …] [--set FOLDER]

PARTs are retrieval, answers, abstention, followups, comparisons and near-duplicates; all by default. The default
is the project's own questions about the sample articles. A FOLDER contains `articles/*.txt` and `questions.jsonl`; its
gold answers are spans of the raw files. Each run is stored in `bench/runs/` as JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

BENCH = Path(__file__).parent
sys.path.insert(0, str(BENCH.parents[1]))

from index import Library
from rag import Answer, Assistant, QuestionError, Turn
from rag.knowledge import IndexedKnowledge, SpeakerFinder
from rag.question import FactQuestion, QuestionParser
from rag.quotes.abstention import measure_support
from rag.retrieval.ranking import rank_passages

EXAMPLES = BENCH.parents[1] / "examples" / "articles"
Figures = dict[str, float]


@dataclass(frozen=True)
class Question:
    """A question. `gold` contains the files and words of its accepted answers; empty if it is unanswerable."""

    kind: str
    text: str
    gold: list[tuple[str, str]] = field(default_factory=list)
    files: frozenset[str] = frozenset()
    is_near: bool = False


@dataclass(frozen=True)
class Asking:
    """The library, its questions and their gold answers."""

    library: Library
    assistant: Assistant
    questions: list[Question]

    def file(self, article_id: int) -> str:
        return Path(self.library.article(article_id).source).name

    def contains(self, question: Question, article_id: int, words: str) -> bool:
        """Whether words of an article contain an accepted answer, ignoring white space."""
        dense = "".join(words.split())
        return any(file == self.file(article_id) and "".join(gold.split()) in dense for file, gold in question.gold)

    def ask(self, text: str, history: list[Turn]) -> Answer | None:
        try:
            return self.assistant.ask(text, history)
        except QuestionError:
            return None


def questions_in(folder: Path | None) -> list[Question]:
    """The questions of a set, or the project's own."""
    lines = ((folder or BENCH) / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for item in map(json.loads, lines):
        gold = []
        for one in item.get("gold", []) if item["kind"] != "statements" else []:
            if "quote" in one:
                gold.append((one["file"], one["quote"]))
            else:
                raw = ((folder or BENCH) / "articles" / one["file"]).read_text(encoding="utf-8")
                gold.append((one["file"], raw[slice(*one["span"])]))
        files = frozenset(item.get("files", ()))
        found.append(Question(item["kind"], item["question"], gold, files, item.get("near", False)))
    return [question for question in found if question.gold or question.kind == "unanswerable"]


def retrieval(asking: Asking) -> Figures:
    """Hit rate at 1 and 5 and reciprocal rank at 10, over factual questions."""
    import ir_measures
    from ir_measures import RR, Success

    qrels, run = [], []
    for number, question in enumerate(_facts(asking)):
        for hit in asking.assistant.search(question.text, k=10):
            passage = hit.passage
            run.append(ir_measures.ScoredDoc(str(number), str(passage.id), hit.score))
            if asking.contains(question, passage.article_id, passage.text):
                qrels.append(ir_measures.Qrel(str(number), str(passage.id), 1))
        if not any(qrel.query_id == str(number) for qrel in qrels):  # nothing relevant in the top ten counts as a miss
            qrels.append(ir_measures.Qrel(str(number), "none", 1))
    names = {Success @ 1: "hit@1", Success @ 5: "hit@5", RR @ 10: "mrr@10"}
    return {names[m]: value for m, value in ir_measures.calc_aggregate(list(names), qrels, run).items()}


def answers(asking: Asking) -> Figures:
    """Answer rate of the first and the first three quotes, also by kind; recall of articles with a mention."""
    tally: dict[str, list[float]] = defaultdict(list)
    for question in asking.questions:
        if question.kind == "unanswerable":
            continue
        answer = asking.assistant.ask(question.text)
        for citation in answer.citations:
            text = asking.library.article(citation.article_id).text
            tally["unverifiable"].append(text[citation.start : citation.end] != citation.quote)
            tally["quote characters"].append(len(citation.quote))
        if question.kind == "mention":
            tally["mentions"].append({asking.file(c.article_id) for c in answer.citations} == question.files)
            continue
        right = [asking.contains(question, c.article_id, c.quote) for c in answer.citations[:3]]
        tally["answer@1"].append(bool(right) and right[0])
        tally["answer@3"].append(any(right))
        tally["answered"].append(not answer.abstained)
        tally[f"answer@3 {question.kind}"].append(any(right))
    figures = {name: mean(values) for name, values in tally.items()}
    return {**figures, "unverifiable": sum(tally["unverifiable"])}


def abstention(asking: Asking) -> Figures:
    """Share of unanswerable questions that are refused: on other topics, and on the same topics (near)."""
    tally: dict[str, list[bool]] = defaultdict(list)
    for question in asking.questions:
        if question.kind == "unanswerable":
            name = "refused, near" if question.is_near else "refused"
            tally[name].append(not asking.assistant.ask(question.text).citations)
    return {name: mean(values) for name, values in tally.items()}


def confidences(asking: Asking) -> Iterator[tuple[float, bool]]:
    """For each factual question: the confidence that it is answerable, and whether it is."""
    parser = QuestionParser(IndexedKnowledge(asking.library, SpeakerFinder(asking.library)))
    for question in asking.questions:
        parsed = parser.parse(question.text)
        if isinstance(parsed, FactQuestion):
            found = measure_support(asking.library, parsed, rank_passages(asking.library, parsed.query))
            yield found.confidence, question.kind != "unanswerable"


def followups(asking: Asking) -> Figures:
    """Share of dialogues whose last question is answered with a gold quote, or refused if unanswerable."""
    tally: dict[str, list[bool]] = defaultdict(list)
    for line in (BENCH / "followups.jsonl").read_text(encoding="utf-8").splitlines():
        dialogue = json.loads(line)
        history: list[Turn] = []
        for text in dialogue["turns"]:
            answer = asking.ask(text, history)
            history.append(Turn(text, answer.text if answer else ""))
        gold = Question("", "", [(one["file"], one["quote"]) for one in dialogue["gold"]])
        citations = answer.citations if answer else []
        is_right = any(asking.contains(gold, c.article_id, c.quote) for c in citations)
        if dialogue.get("abstain"):
            is_right = answer is not None and answer.abstained
        tally["followups"].append(is_right)
        tally[f"followups, {dialogue['kind']}"].append(is_right)
    return {name: mean(values) for name, values in tally.items()}


def comparisons(asking: Asking) -> Figures:
    """Share of compound questions each of whose parts is answered with a gold quote."""
    outcomes = []
    for line in (BENCH / "comparisons.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        citations = asking.assistant.ask(record["question"]).citations
        sides = [Question("", "", [(side["file"], side["quote"])]) for side in record["sides"]]
        outcomes.append(all(any(asking.contains(side, c.article_id, c.quote) for c in citations) for side in sides))
    return {"comparisons": mean(outcomes)}


def near_duplicates(asking: Asking) -> Figures:
    """Share of edited sample articles recognised as near-duplicates, and of other articles that wrongly are."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        originals = {}
        for name in ("near_duplicates", "not_duplicates"):
            for number, line in enumerate((BENCH / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
                record = json.loads(line)
                head = "".join(f"{key}: {json.dumps(record[key])}\n" for key in ("title", "publisher", "published"))
                (folder / f"{name}-{number}.md").write_text(f"---\n{head}---\n\n{record['text']}", encoding="utf-8")
                originals[f"{name}-{number}.md"] = record.get("file")
        with Library.open(folder / "library", asking.library.embedder) as library:
            library.add(EXAMPLES, folder)
            names = {article.id: Path(article.source).name for article in library.articles()}
            clusters = {
                names[article_id]: cluster for article_id, cluster in library.catalog.duplicate_clusters(names).items()
            }
    found = [
        name in clusters and clusters[name] == clusters.get(original)
        for name, original in originals.items()
        if original
    ]
    false = [name in clusters for name, original in originals.items() if not original]
    return {"near-duplicates found": mean(found), "false near-duplicates": sum(false)}


PARTS: dict[str, Callable[[Asking], Figures]] = {
    "retrieval": retrieval,
    "answers": answers,
    "abstention": abstention,
    "followups": followups,
    "comparisons": comparisons,
    "near-duplicates": near_duplicates,
}
OWN_ONLY = ("followups", "comparisons", "near-duplicates")


def measure(asking: Asking, parts: list[str]) -> Figures:
    """Measure some parts."""
    return {name: round(float(v), 4) for part in parts for name, v in PARTS[part](asking).items()}


def opened(folder: Path | None, scratch: Path) -> Asking:
    """Open a library of a set's articles, with its questions."""
    library = Library.open(scratch / "library")
    library.add(folder / "articles" if folder else EXAMPLES)
    return Asking(library, Assistant(library), questions_in(folder))


def _facts(asking: Asking) -> list[Question]:
    return [question for question in asking.questions if question.kind not in ("unanswerable", "mention", "article")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--set", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    parts = options.parts or [part for part in PARTS if options.set is None or part not in OWN_ONLY]
    with tempfile.TemporaryDirectory() as scratch:
        asking = opened(options.set, Path(scratch))
        figures = measure(asking, parts)
        asking.library.close()
    print(json.dumps(figures, indent=1))
    keep(options.set.name if options.set else "samples", figures)


def keep(name: str, figures: Figures) -> None:
    """Store a run as JSON, with the measured commit."""
    command = ["git", "describe", "--always", "--dirty"]
    revision = subprocess.run(command, cwd=BENCH, capture_output=True, text=True, check=False).stdout.strip()
    run: dict[str, Any] = {"set": name, "revision": revision, "figures": figures}
    runs = BENCH.parent / "runs"
    runs.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    (runs / f"{stamp}-{name}.json").write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
