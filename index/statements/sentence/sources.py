"""The source of a cue in a parsed sentence: its subject, or who published or wrote what says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ...text import ADDRESSEE_VERBS, VERB_LEMMAS, inflected, word_set
from .acts import is_someone
from .grammar import QUOTING_VERBS, resolve_relative_pronoun
from .spans import QUOTATION_MARKS
from .subjects import find_subject

# Who does this to a text, a video or a meeting says what is in it: "released a video accusing Reed".
_PUBLISHING_FORMS = {
    form
    for verb in word_set(
        "release post publish issue send sign write tweet share launch unveil air open unleash file deliver hold email"
    )
    for form in (*inflected(verb), "sent", "wrote", "written", "held")
}
_NAME_TAGS = ("NNP", "NNPS")


def find_source(cue: Token, verb: str, quoted: Sequence[bool]) -> Token | None:
    """Return the token that heads the source of a verb; `verb` is its lemma.

    `quoted` says of each token whether it is in a quotation: a source isn't.
    """
    source = _name_after(cue, verb, quoted) or find_subject(cue)
    if source is None or quoted[source.i]:
        source = inserted_name(cue, quoted) or _inverted_subject(cue, verb, quoted)
    if source is None or quoted[source.i] or _is_told_to(cue, source):
        return None
    return _publisher(source) or source


def _is_told_to(cue: Token, subject: Token) -> bool:
    """Return whether somebody else makes the subject speak: "dared him to say", "let papers tell them how to vote"."""
    if subject.head != cue or cue.tag_ != "VB" or cue.dep_ not in ("ccomp", "xcomp", "advcl"):
        return False
    return all(child.tag_ == "TO" for child in cue.children if child.dep_ == "aux")


def author_of(source: Token) -> Token | None:
    """Return the name of who wrote or provided a source: "Cole" in "according to an analysis by Ann Cole"."""
    if is_someone(source):
        return None
    for child in source.children:
        if child.dep_ == "prep" and child.lower_ == "by":
            agents = [child]
        elif child.dep_ == "acl":
            agents = [below for below in child.children if below.dep_ == "agent"]
        else:
            continue
        found = (name for agent in agents for name in agent.children if name.dep_ == "pobj")
        return next((name for name in found if name.tag_ in _NAME_TAGS), None)
    return None


def _publisher(source: Token) -> Token | None:
    """Return the subject of the verb that publishes what says it: "released a video that accuses Reed"."""
    noun = resolve_relative_pronoun(source)
    if noun.dep_ != "dobj" or is_someone(noun) or noun.head.lower_ not in _PUBLISHING_FORMS:
        return None
    return find_subject(noun.head)


def _name_after(cue: Token, verb: str, quoted: Sequence[bool]) -> Token | None:
    """Return the last word of the name right after a cue that follows a comma: "The war, said Ann Cole, is over"."""
    doc, first = cue.doc, cue.i + 1
    if verb not in QUOTING_VERBS - ADDRESSEE_VERBS or (cue.i > 0 and doc[cue.i - 1].text != ","):
        return None
    end = first
    while end < len(doc) and doc[end].tag_ in _NAME_TAGS and not quoted[end]:
        end += 1
    closes = end < len(doc) and (doc[end].text in ",.:" or doc[end].lower_ == "and")
    return doc[end - 1] if end > first and closes else None


def inserted_name(cue: Token, quoted: Sequence[bool]) -> Token | None:
    """Return the end of the name right after a quotation: "“…,” Kirby, 70, told CNN"; the parser may miss it."""
    doc, before = cue.doc, cue.i - 1
    start = next((position + 1 for position in range(before, -1, -1) if quoted[position]), None)
    if start is None or doc[before].text != "," or VERB_LEMMAS.get(cue.lower_) not in QUOTING_VERBS:
        return None
    end = next((position for position in range(start, before) if not doc[position].text.istitle()), before)
    is_first_cue = all(VERB_LEMMAS.get(token.lower_) not in QUOTING_VERBS for token in doc[start:before])
    return doc[end - 1] if end > start and doc[end].text == "," and is_first_cue else None


def _inverted_subject(cue: Token, verb: str, quoted: Sequence[bool]) -> Token | None:
    """ "…," exclaimed the senator: the parser labels the speaker after the cue as an object."""
    if verb not in QUOTING_VERBS - ADDRESSEE_VERBS or cue.i == 0:
        return None
    before = cue.nbor(-1)
    if not (quoted[before.i] or before.text in QUOTATION_MARKS or before.text == ","):
        return None
    labels = ("dobj", "attr", "npadvmod")
    return next((child for child in cue.children if child.dep_ in labels and child.i > cue.i), None)
