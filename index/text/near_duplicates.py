"""Near-duplicates: articles that print one story, such as a wire report in several outlets.

Candidates come from MinHash signatures in bands of two (Broder 1997; locality-sensitive hashing as in Leskovec et al.,
Mining of Massive Datasets, ch. 3), and are confirmed on the texts themselves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from datasketch import MinHash

_WORDS = 3  # in a shingle
_PERMUTATIONS, _BAND = 128, 2  # of texts whose shingles are alike by .3, 998 of 1,000 share a band
SHARED = 0.3  # of the shingles of the shorter text, from which two articles are one story
DAYS_APART = 7  # at most, between the publication of two articles of one story


def shingles(text: str) -> frozenset[str]:
    """All runs of three words of a text, whatever the case and punctuation; a shorter text is one run."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[at : at + _WORDS]) for at in range(max(len(words) - _WORDS + 1, 1)))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the shingles of the text with fewer of them that the other one has too: 0 to 1."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def bands(text: str) -> Iterator[int]:
    """Numbers of which two texts that are alike have at least one in common: 56 bits each."""
    signature = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32")  # stored: must never change
    signature.update_batch([shingle.encode() for shingle in sorted(shingles(text))])
    values = signature.hashvalues.tolist()
    for at in range(0, _PERMUTATIONS, _BAND):
        band = repr((at, values[at : at + _BAND])).encode()
        yield int.from_bytes(hashlib.blake2b(band, digest_size=7).digest())
