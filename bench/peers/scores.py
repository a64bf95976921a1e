"""Figures of a measured system: what it retrieves, answers and refuses."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG
from sets import Place, Question, RawText

_MEASURES = {"hit@1": Success @ 1, "hit@5": Success @ 5, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}
# The share of answerable questions that a peer answers: the threshold is set by it.
_ANSWERED = 0.95

Figures = dict[str, float | int]


def figures(measured: dict[str, Any], questions: Sequence[Question], raw: dict[str, RawText]) -> Figures:
    """All figures of one system, in the order of the table."""
    places = [_place(raw, file, text) for file, text in measured["chunks"]]
    return {
        **_retrieval(measured["rankings"], places, questions),
        **_answering(measured, questions, raw),
        "chunks": len(places),
        "chars": statistics.median(len(text) for _, text in measured["chunks"]),
        "not verbatim": sum(place is None for place in places),
        "add s": measured["add_seconds"],
        "search ms": measured["search_ms"],
        "peak MB": measured["memory_mb"],
    }


def _place(raw: dict[str, RawText], file: str, text: str) -> Place | None:
    found = raw[file].find(text)
    return None if found is None else (file, *found)


def _holds(place: Place | None, question: Question) -> bool:
    """Whether a place wholly holds one of the question's answers."""
    if place is None:
        return False
    file, start, end = place
    return any(file == name and start <= first and last <= end for name, first, last in question.answers)


def _retrieval(rankings: Any, places: Sequence[Place | None], questions: Sequence[Question]) -> Figures:
    """Means over the answerable questions; an answer that no chunk wholly holds is one that wasn't found."""
    qrels, run = [], []
    facts = [number for number, question in enumerate(questions) if question.answers]
    for fact in facts:
        qrels.append(Qrel(str(fact), "none", 0))  # keeps questions in the mean that no chunk answers
        qrels += [Qrel(str(fact), str(n), 1) for n, place in enumerate(places) if _holds(place, questions[fact])]
        # Scores by rank: equal scores would be put in another order.
        run += [ScoredDoc(str(fact), str(n), 1 / rank) for rank, (n, _) in enumerate(rankings[fact], 1)]
    values: dict[Any, dict[str, float]] = {measure: {} for measure in _MEASURES.values()}
    for metric in ir_measures.iter_calc(list(values), qrels, run):
        values[metric.measure][metric.query_id] = metric.value
    if any(len(by_question) != len(facts) for by_question in values.values()):
        raise ValueError("not every question was scored")
    return {name: round(statistics.fmean(values[measure].values()), 4) for name, measure in _MEASURES.items()}


def _answering(measured: dict[str, Any], questions: Sequence[Question], raw: dict[str, RawText]) -> Figures:
    answers = measured["answers"]
    abstained, threshold = measured["abstained"], None
    if abstained is None:
        best = [found[0][2] if found else -1.0 for found in answers]
        facts = sorted(
            (score for score, question in zip(best, questions, strict=True) if question.answers), reverse=True
        )
        threshold = facts[math.ceil(_ANSWERED * len(facts)) - 1]
        abstained = [score < threshold for score in best]
    first, early, answered, refused = [], [], [], []
    for question, found, refuses in zip(questions, answers, abstained, strict=True):
        if not question.answers:
            refused.append(refuses)
            continue
        right = [] if refuses else [_holds(_place(raw, file, quote), question) for file, quote, *_ in found]
        answered.append(not refuses)
        first.append(any(right[:1]))
        early.append(any(right[:3]))
    columns = {"answer@1*": first, "answer@3*": early, "answered*": answered, "refused*": refused}
    means: Figures = {name: round(statistics.fmean(values), 4) for name, values in columns.items() if values}
    return means if threshold is None else {**means, "threshold": round(threshold, 4)}
