"""How cues depend on their subjects and clauses in a parsed sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from ..text import word_set
from .cues import AS, CLAUSE, FINDINGS, LISTENED, MIND, MINDED, SAY, STANCE, THROUGH, VERBS

HELPERS = {"aux", "neg", "auxpass"}
_INFINITIVES = {"xcomp", "advcl", "acl", "pcomp"}
_RELATIVE = {"who", "which", "that", "whom"}
_SUBJECTS = {"nsubj", "nsubjpass", "expl"}
_ASIDE = {"advcl", "conj", "parataxis"}
_HALF_MEANT = {"whether", "if"}
_MEDIA = word_set("""
    statement letter email e-mail post tweet memo ad video speech release op-ed interview message text article column
    essay note blog book report affidavit brief advertisement
""")


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or that of the verb on which it depends."""
    for _ in range(6):
        own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if own is not None:
            return own
        head = verb.head
        if head is verb:
            return None
        if verb.dep_ == "conj" and head.tag_.startswith("V"):
            verb = head
        elif verb.dep_ in _INFINITIVES and head.tag_.startswith("V"):
            if verb.dep_ == "xcomp" and any(c.dep_ == "dobj" for c in head.children):
                return None  # "asked him to say"
            verb = head
        elif verb.dep_ == "pcomp" and head.dep_ == "prep" and head.head.tag_.startswith("V"):
            verb = head.head
        elif verb.dep_ == "acl" and head.lower_ in _MEDIA and head.head.tag_.startswith("V"):
            verb = head.head  # "released a statement saying"
        elif verb.dep_ in ("relcl", "acl") and verb.tag_ == "VBG" and head.tag_.startswith("N"):
            if not any(c.text == "," for c in head.children if head.i < c.i < verb.i) and verb.nbor(-1).text != ",":
                return head
            while head.dep_ != "ROOT" and not head.tag_.startswith("V"):
                head = head.head
            verb = head
        else:
            return None
    return None


def antecedent(source: Token) -> Token:
    """The noun that "who" stands for, else the source itself."""
    if source.lower_ in _RELATIVE and source.tag_ in ("WP", "WDT"):
        verb = source.head
        for _ in range(4):
            if verb.dep_ == "relcl":
                return verb.head
            verb = verb.head
    return source


def said_children(token: Token, verb: str, source: Token) -> list[Token]:
    """What hangs on a cue as what was said."""
    wanted = _wanted(token, verb)
    through = THROUGH.get(verb, frozenset())
    chosen = [
        c
        for c in token.children
        if (c.dep_ in wanted and c.i != source.i and not _is_no_object(c, verb))
        or (c.dep_ in ("prep", "prt", "advmod", "agent") and c.lower_ in through)
        or (verb == "say" and c.lower_ in ("no", "yes", "so", "otherwise") and c.i > token.i)
        or (verb == "say" and c.dep_ == "prep" and c.lower_ in ("of", "about"))
    ]
    if verb == "say" and not chosen:
        chosen = [c for c in token.children if c.dep_ in ("acomp", "advcl") and c.i < token.i]
    if verb in SAY | CLAUSE and not chosen:
        chosen = _stray_clause(token)
    return chosen


def _wanted(token: Token, verb: str) -> set[str]:
    """The ways in which what a verb attributes depends on it."""
    wanted: set[str] = set()
    if verb in CLAUSE | SAY | FINDINGS:
        wanted |= {"ccomp", "parataxis"}
    if verb in SAY:
        wanted |= {"dobj", "xcomp", "oprd", "attr"}
    if verb in STANCE:
        wanted |= {"dobj", "ccomp", "oprd"}
    if verb in MIND:
        wanted |= {"ccomp", "xcomp"} | ({"dobj"} if verb in MINDED else set())
    if verb in AS and any(c.dep_ in ("oprd", "ccomp", "xcomp") or c.lower_ == "as" for c in token.children):
        wanted |= {"dobj", "ccomp", "xcomp", "oprd", "prep"}
    return wanted


def _is_no_object(child: Token, verb: str) -> bool:
    """True for an object that isn't said: who is told, lives that a fire claimed."""
    return child.dep_ == "dobj" and (verb in LISTENED or child.lower_ in ("life", "lives", "nothing"))


def clause(head: Token, quoted: list[bool]) -> list[int]:
    """The tokens below a word; those of a that-clause from "that" on; none of a clause that another speaks."""
    mark = next((c.i for c in head.children if c.lower_ == "that" and c.i < head.i), 0)
    others = {
        below.i
        for token in head.subtree
        if token is not head and token.dep_ in _ASIDE and not quoted[token.i] and _has_own_speaker(token)
        for below in token.subtree
    }
    return [t.i for t in head.subtree if t.i >= mark and t.i not in others]


def _has_own_speaker(token: Token) -> bool:
    is_cue = VERBS.get(token.lower_) in SAY | CLAUSE | AS | STANCE
    return is_cue and any(c.dep_ == "nsubj" and c.tag_ in ("NNP", "PRP") and c.lower_ != "it" for c in token.children)


def _stray_clause(verb: Token) -> list[Token]:
    """The that-clause that the parser has hung on a noun behind the verb: "told reporters in Kyiv that …"."""
    for token in verb.subtree:
        if token.i > verb.i and token.dep_ in ("acl", "relcl", "ccomp"):
            that = any(c.lower_ == "that" and c.i < token.i for c in token.children)
            if that and any(c.dep_ in _SUBJECTS and c.lower_ != "that" for c in token.children):
                return [token]
    return []


def is_passive(verb: Token) -> bool:
    """ "was asked", "when asked"."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return True
    has_own = any(c.dep_ in ("nsubj", "aux") for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl", "amod", "relcl") and not has_own


def is_only_asked(verb: Token, source: Token) -> bool:
    """True where the sentence doesn't tell that it was said: "Did Kirby say …?", "whether Kirby said"."""
    if any(c.dep_ == "mark" and c.lower_ in _HALF_MEANT for c in verb.children):
        return True
    is_question = any(c.dep_ == "aux" and c.i < source.i for c in verb.children)
    return is_question and verb.doc[-1].text in ("?", "”", '"') and "?" in verb.doc.text[-3:]
