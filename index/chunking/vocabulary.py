"""The cl100k vocabulary, by which passages are measured.

The file is OpenAI's `cl100k_base.tiktoken`, as published with tiktoken (MIT licence), compressed with xz. tiktoken
itself downloads it on first use, which this program must not.
"""

from __future__ import annotations

import base64
import hashlib
import lzma
from functools import cache
from pathlib import Path

import tiktoken

from ..errors import LibraryUnusable

VOCABULARY = Path(__file__).with_name("cl100k_base.tiktoken.xz")
# The checksum that tiktoken expects of the file, and the pattern of its `cl100k_base`.
_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
_PATTERN = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]"
    r"|\s+(?!\S)|\s"
)
_REINSTALL = "Reinstall the program."


@cache
def cl100k() -> tiktoken.Encoding:
    """The encoding, without special tokens: text such as <|endoftext|> is plain text.

    Raises:
        LibraryUnusable: the file is missing or damaged.
    """
    return load_vocabulary(VOCABULARY)


def load_vocabulary(file: Path) -> tiktoken.Encoding:
    """Load the encoding from a file. Raises as `cl100k`."""
    try:
        content = lzma.decompress(file.read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise LibraryUnusable(f"The vocabulary {file} can't be read: {error}. {_REINSTALL}") from error
    if (found := hashlib.sha256(content).hexdigest()) != _SHA256:
        raise LibraryUnusable(f"The vocabulary {file} isn't the published one (SHA-256 {found}). {_REINSTALL}")
    pairs = (line.split() for line in content.splitlines())
    ranks = {base64.b64decode(token): int(rank) for token, rank in pairs}
    return tiktoken.Encoding("cl100k_base", pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens={})
