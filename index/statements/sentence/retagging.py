"""Corrects the tags of names that the parser took for other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAME_TAGS = ("NNP", "NNPS")
_NOMINAL_LABELS = {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "attr", "appos", "conj", "dative", "dep"}
_MIN_NAMES = 2  # times that a word is tagged as a name before it is taken for one elsewhere


def retag_names(docs: Sequence[Doc]) -> None:
    """Tag a capitalised noun as a name where the parser took it for another word, if it is a name elsewhere.

    At the start of a sentence, the parser takes "Trump" or "Ham" for a verb or an interjection.
    """
    as_name: Counter[str] = Counter()
    otherwise: list[Token] = []
    for doc in docs:
        for token in doc:
            if token.tag_ in _NAME_TAGS:
                as_name[token.text] += _MIN_NAMES if _ends_full_name(token) else 1
            elif token.text.istitle() and token.tag_[:1] != "P" and token.dep_ in _NOMINAL_LABELS:
                otherwise.append(token)
    others = Counter(token.text for token in otherwise)
    for token in otherwise:
        if as_name[token.text] >= max(_MIN_NAMES, others[token.text]):
            token.tag_ = "NNP"


def _ends_full_name(token: Token) -> bool:
    return any(child.dep_ == "compound" and child.tag_ in _NAME_TAGS for child in token.children)
