"""The tense of a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.text import word_set

from .parts import AUXILIARIES
from .verb import find_auxiliary, find_verb, helper_at, question_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PAST_AUXILIARIES = word_set("did was were has have had 've")


def verb_of_what_happened(doc: Doc) -> Token | None:
    """Return the verb of a parsed question for something that happened: "When did it open?", "Who opened it?"."""
    auxiliary = find_auxiliary(doc)
    verb = find_verb(doc) or next((token for token in doc if token.dep_ == "ROOT"), None)
    if auxiliary is not None:
        helper = helper_at(doc, auxiliary)
        if verb is not None and verb.lower_ in AUXILIARIES:
            # "When did the bridge open?": the parser takes the verb for an adjective or a noun.
            verb = next(filter(_is_word, reversed(doc)), None) if helper == "did" else None
        return verb if helper in _PAST_AUXILIARIES else None
    if verb is None or not question_word(doc):
        return None
    return verb if verb.tag_ in ("VBD", "VBN") and verb.lower_ not in AUXILIARIES else None


def _is_word(token: Token) -> bool:
    return bool(token.is_alpha)
