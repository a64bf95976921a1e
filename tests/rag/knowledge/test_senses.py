"""The classifiers of words and questions."""

import numpy as np
import pytest

from index.embedding import SentenceTransformerEmbedder
from rag.knowledge import Senses
from rag.knowledge.senses import fit


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder.load()


def test_the_stored_weights_are_those_of_the_examples(embedder: SentenceTransformerEmbedder) -> None:
    """If this fails, the examples or word lists have changed: run `make senses`."""
    stored = Senses(embedder)._weights
    for name, weights in fit(SentenceTransformerEmbedder.load(precision="full")).items():
        np.testing.assert_allclose(stored[name], weights, atol=2e-3)


@pytest.mark.parametrize("verb", ["divulge", "rave", "murmur", "castigate", "prophesy", "gloat"])
def test_verbs_of_speech(embedder: SentenceTransformerEmbedder, verb: str) -> None:
    assert Senses(embedder).is_speech_verb(verb)


@pytest.mark.parametrize("verb", ["demolish", "juggle", "excavate", "smuggle", "renovate", "parachute"])
def test_verbs_of_deeds(embedder: SentenceTransformerEmbedder, verb: str) -> None:
    assert not Senses(embedder).is_speech_verb(verb)


@pytest.mark.parametrize(("noun", "is_view"), [("bid", True), ("wall", False), ("boycott", True), ("convoy", False)])
def test_views_and_things(embedder: SentenceTransformerEmbedder, noun: str, is_view: bool) -> None:
    assert Senses(embedder).is_view(noun) == is_view


def test_stored_decisions_for_common_words_are_those_of_the_classifiers(embedder: SentenceTransformerEmbedder) -> None:
    """If this fails, run `make senses`."""
    stored, other = Senses(embedder), Senses(SentenceTransformerEmbedder("another", embedder._model))
    other.__dict__["_weights"] = {name: stored._weights[name] for name in ("verbs", "nouns", "kinds")}
    for word in ("whisper", "juggle", "scheme", "trophy", "merger", "baby", "narrow", "protest"):
        assert stored.is_speech_verb(word) == other.is_speech_verb(word)
        assert stored.is_view(word) == other.is_view(word)


def test_another_embedder_gets_its_own_weights(embedder: SentenceTransformerEmbedder) -> None:
    other = SentenceTransformerEmbedder("another", embedder._model)
    assert Senses(other).is_speech_verb("divulge")
