"""Classify questions by kind, verbs as verbs of speech and nouns as views, by their embeddings.

For each distinction a linear classifier is fitted by ridge regression (Hoerl & Kennard 1970) to the embeddings of
known words or questions. docs/quality.md has their accuracy. `senses.safetensors` holds the weights for the bundled
embedding model; `make senses` fits them again after a change of the words or the examples.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence, Set
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from spellchecker import SpellChecker

from index import Span
from index.embedding import BUNDLED, Embedder, Vector
from index.text import CLAUSE_VERBS, FUNCTION_WORDS, REPORTING_VERBS, STANCE_VERBS, word_set

_DEEDS = word_set("""
    do make win lose build buy sell die leave begin kill run walk go come get take give meet visit travel eat drink
    sleep play study work marry found join sign vote elect invent design create produce develop launch open close start
    stop end move return arrive enter escape rescue arrest convict release jail steal rob shoot bomb destroy damage burn
    flood sink crash collide drive fly land sail climb fall rise grow shrink increase cut raise lower pay spend earn
    donate invest borrow lend own acquire merge hire resign retire replace succeed lead manage run govern occupy capture
    invade defeat beat score finish lift carry throw catch hold wear watch hear listen hide search lose cook clean wash
    paint sing dance perform act film record publish print send receive ship import export train teach learn graduate
    live stay plant harvest kick limit lack face allow ban like link focus require rely issue introduce besiege rename
    prevent permit enable cause affect include contain involve depend need possess remain become seem appear happen
    occur last consist belong influence improve establish abolish adopt implement enforce impose restrict extend
    transfer convert divide unite separate attach connect measure weigh cost compete attend host represent protect guard
    feed heal treat test examine inspect investigate explore exploit settle migrate supply generate store combine change
    choose use know understand employ apply control force lift trade carry set put bring keep turn
""")
_VIEWS = word_set("""
    plan proposal bill law decision idea policy remark ruling budget reform deal ban tax candidacy treaty agreement
    statement verdict measure amendment strategy approach report claim theory view opinion campaign programme sanctions
    strike war invasion handling response record appointment nomination move call merger expansion cut increase closure
    rule regulation guideline motion referendum independence abortion pipeline
""")
_THINGS = word_set("""
    harbor city ship army man building convoy village company start-up beam suspect castle bridge hospital embassy bus
    driver woman team train soldiers king wall town fort airport base police officer child dog house tourist referee
    player tanker market refugee camp witness prisoner navy regiment door roof island farm shop bank server website
    computer crew passenger phone will letter book experiment
""")
# The classifier of the words after each particle, and the least output that it accepts: it was fitted to 1 for verbs
# of speech and views and to -1 for other words.
_CLASSIFIERS = {"to": ("verbs", 0.3), "the": ("nouns", 0.15)}
_OVERVIEW_MARGIN = 0.1  # by which "overview" must be more likely than the other kinds
_WORD_PENALTY, _QUESTION_PENALTY = 1.0, 0.3
_MAX_CACHED = 1_000  # words
_COMMON = 15_000  # most frequent words, for which the decisions are stored
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
WEIGHTS = "senses.safetensors"
COMMON_WORDS = "common"

# "articles" are questions that the text of articles answers; the other kinds are about articles as wholes, about the
# library, or no questions at all.
QuestionKind = Literal["articles", "overview", "library", "small-talk"]
_KINDS: tuple[QuestionKind, ...] = ("articles", "overview", "library", "small-talk")


class Senses:
    """Classifies words and questions by their embeddings. Thread-safe."""

    def __init__(self, embedder: Embedder) -> None:
        """Load the classifiers; those for another embedding model than the bundled one are fitted on first use."""
        self._embedder = embedder
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], bool] = {}

    def is_speech_verb(self, verb: str) -> bool:
        """Return whether a verb, in its base form, reports words rather than deeds: "divulge", "rave"."""
        return verb not in _DEEDS | FUNCTION_WORDS and self._decide("to", verb)

    def is_view(self, noun: str) -> bool:
        """Return whether a noun names what one may be for or against, a plan or a deed, rather than a thing."""
        forms = {noun.lower(), noun.lower().removesuffix("s")}
        if forms & (_THINGS | FUNCTION_WORDS):
            return False
        return bool(forms & _VIEWS) or self._decide("the", noun)

    def kind_of(self, question: Vector) -> QuestionKind:
        """Return the kind of a question, given its embedding."""
        weights = self._weights["kinds"]
        scores = question @ weights[:-1] + weights[-1]
        scores[_KINDS.index("overview")] -= _OVERVIEW_MARGIN
        return _KINDS[int(np.argmax(scores))]

    @cached_property
    def _weights(self) -> dict[str, Vector]:
        if self._embedder.name != BUNDLED:
            return fit(self._embedder)
        with as_file(files(__package__) / WEIGHTS) as path:
            return dict(load_file(path))

    @cached_property
    def _common(self) -> dict[tuple[str, str], bool]:
        """The decisions for common words, which take as long to embed as a question."""
        if COMMON_WORDS not in self._weights:
            return {}
        words = self._weights[COMMON_WORDS].tobytes().decode().split("\n")
        return {
            (particle, word): bool(decision)
            for particle in _CLASSIFIERS
            for word, decision in zip(words, self._weights[f"{COMMON_WORDS}.{particle}"], strict=True)
        }

    def _decide(self, particle: str, word: str) -> bool:
        key = (particle, word.lower())
        if (common := self._common.get(key)) is not None:
            return common
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = bool(_decisions(self._weights, particle, self._embedder.embed_question(" ".join(key))))
            with self._lock:
                if len(self._known) > _MAX_CACHED:
                    self._known.clear()
                self._known[key] = known
        return known


def fit(embedder: Embedder) -> dict[str, Vector]:
    """Fit the classifiers: the weights of each by name, float32 [dim + 1, classes], with the biases last."""
    examples = _examples()
    kinds = [_KINDS.index(one["type"]) if one["type"] in _KINDS else 0 for one in examples]
    targets = np.eye(len(_KINDS), dtype=np.float32)[kinds]
    return {
        "verbs": _fit_words(embedder, "to", REPORTING_VERBS | CLAUSE_VERBS | STANCE_VERBS, _DEEDS),
        "nouns": _fit_words(embedder, "the", _VIEWS, _THINGS),
        "kinds": _ridge(_embed(embedder, [one["question"] for one in examples]), targets, _QUESTION_PENALTY),
    }


def decide_common_words(embedder: Embedder, weights: dict[str, Vector]) -> dict[str, NDArray[Any]]:
    """Return the most frequent words of an English dictionary, as UTF-8 lines, and the decisions for them."""
    frequencies = SpellChecker(language="en").word_frequency.dictionary
    words = (word for word in frequencies if word.isascii() and word.isalpha() and word not in FUNCTION_WORDS)
    common = sorted(words, key=lambda word: (-frequencies[word], word))[:_COMMON]
    decided = {
        f"{COMMON_WORDS}.{particle}": _decisions(
            weights, particle, _embed(embedder, [f"{particle} {w}" for w in common])
        )
        for particle in _CLASSIFIERS
    }
    return {COMMON_WORDS: np.frombuffer("\n".join(common).encode(), dtype=np.uint8), **decided}


def _decisions(weights: dict[str, Vector], particle: str, vectors: Vector) -> NDArray[np.bool_]:
    """Return for each vector of a word after a particle whether the word is of the kind of that particle."""
    name, least = _CLASSIFIERS[particle]
    decided: NDArray[np.bool_] = (vectors @ weights[name][:-1] + weights[name][-1])[..., 0] > least
    return decided


@cache
def words_of_kind(kind: QuestionKind) -> frozenset[str]:
    """Return the words, in lower case, of the example questions of a kind."""
    texts = " ".join(example["question"].lower() for example in _examples() if example["type"] == kind)
    return frozenset(_WORD.findall(texts))


def _examples() -> list[dict[str, Any]]:
    lines = (files(__package__) / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _fit_words(embedder: Embedder, particle: str, positive: Set[str], negative: Set[str]) -> Vector:
    words = [*sorted(positive), *sorted(negative)]
    targets = np.array([[1.0 if word in positive else -1.0] for word in words], dtype=np.float32)
    return _ridge(_embed(embedder, [f"{particle} {word}" for word in words]), targets, _WORD_PENALTY)


def _embed(embedder: Embedder, texts: Sequence[str]) -> Vector:
    whole = [[Span(0, len(text))] for text in texts]
    return np.stack([one.passage for one in embedder.embed_passages(texts, whole, [[] for _ in texts])])


def _ridge(vectors: Vector, targets: Vector, penalty: float) -> Vector:
    inputs = np.hstack([vectors, np.ones((len(vectors), 1), dtype=np.float32)])
    gram = inputs.T @ inputs + penalty * np.eye(inputs.shape[1], dtype=np.float32)
    weights: Vector = np.linalg.solve(gram, inputs.T @ targets).astype(np.float32)
    return weights
