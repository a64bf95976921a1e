"""Detect contradictions: a sentence negates what its quotes affirm, or the reverse, or uses an antonym."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from index.text import ANTONYMS, EXCLUSIVE_WORDS

from .negation import Polarity, Stemmer, content_stems, polarity_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_contradiction(sentence: Doc, quotes: Sequence[Doc], stem: Stemmer) -> str | None:
    """Return the stem of a word that the sentence and the quotes contradict each other about; None if there is none."""
    stated = content_stems(sentence, stem)
    quoted = frozenset().union(*(content_stems(quote, stem) for quote in quotes))
    if word := _find_exclusive_word(stated, quoted, stem):
        return word
    claim = polarity_of(sentence, stem, quoted)
    evidence = [polarity_of(quote, stem, stated) for quote in quotes]
    antonym_pairs = {frozenset(map(stem, pair)) for pair in ANTONYMS}
    # If one side contains both words of a pair, "more" in one place and "less" in another, they prove nothing.
    antonyms = [a for a in stated - quoted for b in quoted - stated if frozenset((a, b)) in antonym_pairs]
    quoted_cues = sum(polarity.cues for polarity in evidence)
    if not claim.cues and not quoted_cues:
        return min(antonyms, default=None)
    has_odd_antonyms = len(antonyms) % 2 == 1
    if claim.cues and quoted_cues:
        return _find_in_two_negations(claim, evidence, has_odd_antonyms)
    if has_odd_antonyms:
        return None  # "stayed" for "did not leave"
    if claim.cues:
        return min(claim.negated_with_subject & quoted, default=None)
    negated = frozenset().union(*(polarity.negated_with_subject for polarity in evidence))
    # A word that another quote affirms isn't negated.
    affirmed_elsewhere = frozenset().union(*(polarity.affirmed for polarity in evidence if not polarity.cues))
    return min(claim.affirmed & negated - affirmed_elsewhere, default=None)


def _find_exclusive_word(stated: Set[str], quoted: Set[str], stem: Stemmer) -> str | None:
    """Return a word of the sentence for which the quotes have another one of its group: "month" for "week"."""
    for group in EXCLUSIVE_WORDS:
        stems = frozenset(map(stem, group))
        if (unquoted := stated & stems - quoted) and quoted & stems - stated:
            return min(unquoted)
    return None


def _find_in_two_negations(claim: Polarity, evidence: Sequence[Polarity], has_odd_antonyms: bool) -> str | None:
    """Return a word that only one side negates, if both sides negate something."""
    negated = frozenset().union(*(polarity.negated for polarity in evidence))
    affirmed = frozenset().union(*(polarity.affirmed for polarity in evidence))
    wrongly_negated = claim.negated & affirmed - negated
    wrongly_affirmed = claim.affirmed & negated - affirmed - claim.negated
    if wrongly_negated and wrongly_affirmed:
        return min(wrongly_negated)
    if not claim.explicit_cues and not any(polarity.explicit_cues for polarity in evidence):
        return None  # "banned" for "prohibited"
    cue_counts = [polarity.cues for polarity in evidence if polarity.cues]
    cue_counts.append(sum(cue_counts))
    if any((claim.cues + has_odd_antonyms) % 2 == count % 2 for count in cue_counts):
        return None
    return min(wrongly_negated | wrongly_affirmed, default=None)
