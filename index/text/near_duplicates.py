"""Near-duplicates: articles with largely the same text, such as a wire report in several outlets.

Candidates come from MinHash signatures in bands of two (Broder 1997; locality-sensitive hashing as in Leskovec et al.,
Mining of Massive Datasets, ch. 3), and are confirmed by comparing the texts themselves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

_SHINGLE_WORDS = 3
_PERMUTATIONS, _BAND_ROWS = 128, 2  # 998 of 1,000 pairs of texts with a Jaccard similarity of .3 share a band
DUPLICATE_OVERLAP = 0.3  # overlap from which two articles are near-duplicates
MAX_DAYS_APART = 7  # between the publication of two near-duplicates


def shingles(text: str) -> frozenset[str]:
    """Return the runs of three words in a text, ignoring case and punctuation; a shorter text is one run."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(
        " ".join(words[start : start + _SHINGLE_WORDS]) for start in range(max(len(words) - _SHINGLE_WORDS + 1, 1))
    )


def shingle_overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the overlap coefficient of two sets of shingles: the share of the smaller set in the other one, 0 to 1."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def lsh_bands(text: str) -> Iterator[int]:
    """Yield the 56-bit hashes of the bands of a text's MinHash signature; near-duplicates share at least one."""
    from datasketch import MinHash  # imports SciPy: half a second that only adding needs

    signature = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32")  # the hashes are stored: never change this
    signature.update_batch([shingle.encode() for shingle in sorted(shingles(text))])
    values = signature.hashvalues.tolist()
    for start in range(0, _PERMUTATIONS, _BAND_ROWS):
        band = repr((start, values[start : start + _BAND_ROWS])).encode()
        yield int.from_bytes(hashlib.blake2b(band, digest_size=7).digest())
