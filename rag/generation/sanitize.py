"""Turn the output of a language model into plain sentences, without links, images or markup."""

from __future__ import annotations

import re

from index.chunking import sentence_spans

from .injection import MARKUP, addresses_models, remove_invisible

_MAX_CHARACTERS = 600
_MIN_LETTERS = 8
_MARKER = re.compile(r"(?<!\s)\s*+\[\s*+(?:source\s*+)?\d[^\[\]]*+\]", re.IGNORECASE)
_DECORATION = re.compile(r"^(?:[-*•#>]+|\d+[.)])\s+|\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


def plain_sentences(text: str) -> list[str]:
    """Split a draft into sentences, without markers and Markdown."""
    plain = " ".join(_DECORATION.sub("", _MARKER.sub("", line.strip())) for line in text.splitlines())
    plain = " ".join(plain.split())
    return [span.of(plain) for span in sentence_spans(plain)]


def find_defect(sentence: str) -> str:
    """Return why a sentence must not be shown, even if quotes support it; an empty string if it may be shown.

    The text is shown to the user after the sentence.
    """
    if MARKUP.search(sentence) or remove_invisible(sentence) != sentence:
        return "it contains a link or markup"
    if addresses_models(sentence):
        return "it repeats instructions to language models"
    if len(sentence) > _MAX_CHARACTERS:
        return f"it is too long ({len(sentence):,} of {_MAX_CHARACTERS} characters)"
    if sum(map(str.isalpha, sentence)) < _MIN_LETTERS or "[" in sentence or "]" in sentence:
        return "it isn't a complete sentence"
    return ""


def mask_markup(sentence: str) -> str:
    """Replace links and markup, so that a rejected sentence can be shown."""
    return remove_invisible(MARKUP.sub("…", sentence))
