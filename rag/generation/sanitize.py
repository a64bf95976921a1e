"""What a language model wrote, as plain sentences that may be shown: no links, images or mark-up of its making."""

from __future__ import annotations

import re

from index.chunking import sentence_spans

from .injection import MARKED_UP, speaks_to_models, visible

_LONGEST = 600  # characters
_LETTERS = 8  # of a sentence at least
_MARKER = re.compile(r"\s*\[\s*(?:source\s*)?\d+[^\]]*\]", re.IGNORECASE)
_DECORATION = re.compile(r"^(?:[-*•#>]+|\d+[.)])\s+|\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


def plain_sentences(text: str) -> list[str]:
    """The sentences of a draft without markers and decoration."""
    bare = " ".join(_DECORATION.sub("", _MARKER.sub("", line.strip())) for line in text.splitlines())
    bare = " ".join(bare.split())
    return [span.of(bare) for span in sentence_spans(bare)]


def unpresentable(sentence: str) -> str:
    """Why a sentence is not to be shown, whatever supports it; empty where it may be."""
    if MARKED_UP.search(sentence) or visible(sentence) != sentence:
        return "it holds a link or mark-up"
    if speaks_to_models(sentence):
        return "it repeats what an article tells language models"
    if len(sentence) > _LONGEST:
        return "it is too long"
    if sum(map(str.isalpha, sentence)) < _LETTERS or "[" in sentence or "]" in sentence:
        return "it is no sentence"
    return ""


def without_mark_up(sentence: str) -> str:
    """A sentence that isn't presentable, so that it can be shown as such."""
    return visible(MARKED_UP.sub("…", sentence))
