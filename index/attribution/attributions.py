"""What one parsed sentence attributes to whom: source, cue and content, from the way its words depend on each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from ..records import Span
from ..words import word_set
from .cues import ADJECTIVES, AS, CLAUSE, FINDINGS, LISTENED, MIND, NOUNS, SAY, STANCE, THROUGH, VERBS

_RELATIVE = {"who", "which", "that", "whom"}
_INFINITIVES = {"xcomp", "advcl", "acl", "pcomp"}
_HELPERS = {"aux", "neg", "auxpass"}
_MEDIA = word_set("""
    statement letter email e-mail post tweet memo ad video speech release op-ed interview message text article column
    essay note blog book report affidavit brief advertisement
""")
_MARKS = "“”\"'‘’„«»`"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source with its cue and the content, as spans in the sentence.

    `source` is the token that heads the source as written ("who"), `person` that of the noun it stands for, and `verb`
    the verb of the cue, "" where the cue is none.
    """

    source: Token
    person: Token
    cue: Span
    verb: str
    content: tuple[Span, ...]


class _Sentence:
    """A parsed sentence; `quoted` tells of each token whether it stands within a quotation."""

    def __init__(self, doc: Doc, quotes: Sequence[Span]) -> None:
        self.doc = doc
        self.quotes = quotes
        self.quoted = [any(quote.start <= token.idx < quote.end for quote in quotes) for token in doc]

    def attributions(self) -> Iterator[Attribution]:
        for token in self.doc:
            if self.quoted[token.i]:
                continue
            found = self._according(token) or self._verb(token) or self._adjective(token) or self._noun(token)
            if found is not None:
                yield found

    def _according(self, token: Token) -> Attribution | None:
        """ "…, according to Kirby": everything else in the sentence is the content."""
        if token.lower_ != "according" or token.i + 1 == len(self.doc):
            return None
        to = token.nbor()
        person = next((c for part in (token, to) for c in part.children if c.dep_ == "pobj"), None)
        if to.lower_ != "to" or person is None:
            return None
        aside = {t.i for t in token.subtree}
        content = self._spans(t for t in self.doc if t.i not in aside)
        cue = Span(token.idx, to.idx + len(to))
        return Attribution(person, person, cue, "", content) if content else None

    def _verb(self, token: Token) -> Attribution | None:
        verb = VERBS.get(token.lower_)
        if verb is None or not (token.tag_.startswith("V") or token.dep_ in ("ROOT", "parataxis")):
            return None
        if _is_passive(token):
            return self._passive(token, verb)
        if verb == "respond" and any(c.dep_ == "neg" for c in token.children):
            return None  # no answer is no statement
        source = _subject(token)
        if source is None or self.quoted[source.i]:
            source = self._inverted(token)
        if source is None or self.quoted[source.i]:
            return None
        content = self._content(token, verb, source)
        if not content:
            return None
        return Attribution(source, _antecedent(source), self._cue_span(token), verb, content)

    def _passive(self, token: Token, verb: str) -> Attribution | None:
        """ "was criticised by Kirby"."""
        agent = next((c for by in token.children if by.dep_ == "agent" for c in by.children if c.dep_ == "pobj"), None)
        if agent is None or verb not in SAY | STANCE | AS:
            return None
        subjects = [c for c in token.children if c.dep_ in ("nsubjpass", "ccomp", "oprd", "xcomp")]
        content = self._spans(t for c in subjects for t in c.subtree)
        return Attribution(agent, agent, self._cue_span(token), verb, content) if content else None

    def _adjective(self, token: Token) -> Attribution | None:
        """ "Kirby is confident that …", "is open to talks"."""
        if token.lower_ not in ADJECTIVES or token.dep_ != "acomp":
            return None
        source = _subject(token.head)
        content = self._spans(
            t for c in token.children if c.i > token.i and c.dep_ in ("ccomp", "xcomp", "prep") for t in c.subtree
        )
        if source is None or not content or not source.tag_.startswith(("NNP", "PRP", "WP")):
            return None
        first = min(token.head.i, token.i)
        return Attribution(source, _antecedent(source), self._span(self.doc[first], token), "", content)

    def _noun(self, token: Token) -> Attribution | None:
        """ "Kirby's claim that …"."""
        if token.lower_ not in NOUNS:
            return None
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        clause = [
            c
            for c in token.children
            if c.dep_ in ("acl", "ccomp", "relcl") and any(m.lower_ in ("that", "to") and m.i < c.i for m in c.children)
        ] or [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("for", "of", "against", "about")]
        if owner is None or not clause:
            return None
        content = self._spans(t for c in clause for t in c.subtree)
        return Attribution(owner, owner, Span(token.idx, token.idx + len(token)), "", content)

    def _content(self, token: Token, verb: str, source: Token) -> tuple[Span, ...]:
        """The words that are attributed; none where the verb has nothing that it could say."""
        wanted = _wanted(verb)
        if verb in AS and any(c.dep_ in ("oprd", "ccomp", "xcomp") or c.lower_ == "as" for c in token.children):
            wanted |= {"dobj", "ccomp", "xcomp", "oprd", "prep"}
        through = THROUGH.get(verb, frozenset())
        chosen = [
            c
            for c in token.children
            if (c.dep_ in wanted and c.i != source.i and not (c.dep_ == "dobj" and verb in LISTENED))
            or (c.dep_ in ("prep", "prt", "advmod", "agent") and c.lower_ in through)
            or (verb == "say" and c.lower_ in ("no", "yes", "so", "otherwise") and c.i > token.i)
            or (verb == "say" and c.dep_ == "prep" and c.lower_ in ("of", "about"))
        ]
        chosen = [c for c in chosen if not (c.dep_ == "advcl" and c.i > token.i)]
        if verb in SAY | CLAUSE and not chosen:
            chosen = _stray_clause(token)
        words = {i for c in chosen for i in _clause(c)}
        if verb in SAY | CLAUSE and token.dep_ == "parataxis":  # "The war, Kirby said, will go on."
            words |= {t.i for t in token.head.subtree} - {t.i for t in token.subtree}
        quotes = [i for i, quoted in enumerate(self.quoted) if quoted]
        if quotes and (verb in SAY | CLAUSE or self._is_beside_quote(token)):
            words |= set(quotes)
        if words:
            own = {t.i for t in source.subtree} if token.i not in {t.i for t in source.subtree} else {source.i}
            words -= own | {token.i} | {c.i for c in token.children if c.dep_ in _HELPERS}
        if verb in STANCE | AS and verb not in SAY and words:
            after = [c for c in token.children if c.dep_ in ("prep", "advcl", "xcomp", "oprd") and c.i > token.i]
            words |= {t.i for c in after for t in c.subtree}
        return self._spans(self.doc[i] for i in sorted(words))

    def _is_beside_quote(self, token: Token) -> bool:
        """True where a quotation begins behind the verb: "agreed: “…”"."""
        at = token.i + 1
        while at < len(self.doc) and self.doc[at].text in (":", ",", "that"):
            at += 1
        return at < len(self.doc) and at > token.i + 1 and self.quoted[at]

    def _inverted(self, token: Token) -> Token | None:
        """ "…," exclaimed the senator: what the parser takes for an object right behind the cue is the speaker."""
        if VERBS.get(token.lower_) not in SAY | CLAUSE or token.i == 0:
            return None
        before = self.doc[token.i - 1]
        if not (self.quoted[before.i] or before.text in _MARKS or before.text == ","):
            return None
        return next((c for c in token.children if c.dep_ in ("dobj", "attr", "npadvmod") and c.i > token.i), None)

    def _cue_span(self, token: Token) -> Span:
        """The cue with its negation and helpers: "did not say"."""
        helpers = [c for c in token.children if c.dep_ in _HELPERS and c.i < token.i]
        first = min([*helpers, token], key=lambda t: t.i)
        if any(self.doc[i].dep_ not in (*_HELPERS, "advmod") for i in range(first.i, token.i)):
            first = token
        return self._span(first, token)

    def _span(self, first: Token, last: Token) -> Span:
        return Span(min(first.idx, last.idx), max(first.idx + len(first), last.idx + len(last)))

    def _spans(self, tokens: Iterable[Token]) -> tuple[Span, ...]:
        """Runs of tokens as spans, without punctuation at their ends but for quotation marks."""
        runs: list[list[Token]] = []
        for token in sorted(set(tokens), key=lambda t: t.i):
            if runs and runs[-1][-1].i == token.i - 1:
                runs[-1].append(token)
            else:
                runs.append([token])
        spans = []
        for run in runs:
            while run and _is_edge(run[0]):
                run = run[1:]
            while run and (_is_edge(run[-1]) or run[-1].tag_ == "CC") and not self.quoted[run[-1].i]:
                run = run[:-1]
            if run and any(t.is_alpha or t.like_num for t in run):
                spans.append(self._span(run[0], run[-1]))
        return tuple(spans)


def _clause(head: Token) -> list[int]:
    """The tokens below a word; those of a that-clause from "that" on."""
    mark = next((c.i for c in head.children if c.lower_ == "that" and c.i < head.i), 0)
    return [t.i for t in head.subtree if t.i >= mark]


def _stray_clause(verb: Token) -> list[Token]:
    """The that-clause that the parser has hung on a noun behind the verb: "told reporters in Kyiv that …"."""
    for token in verb.subtree:
        if token.i > verb.i and token.dep_ in ("acl", "relcl", "ccomp"):
            that = any(c.lower_ == "that" and c.i < token.i for c in token.children)
            if that and any(c.dep_ in ("nsubj", "nsubjpass", "expl") and c.lower_ != "that" for c in token.children):
                return [token]
    return []


def _is_passive(verb: Token) -> bool:
    """ "was asked", "when asked"."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return True
    has_own = any(c.dep_ in ("nsubj", "aux") for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl", "amod", "relcl") and not has_own


def _wanted(verb: str) -> set[str]:
    """The ways in which what a verb attributes depends on it."""
    wanted: set[str] = set()
    if verb in CLAUSE | SAY | FINDINGS:
        wanted |= {"ccomp", "parataxis"}
    if verb in SAY:
        wanted |= {"dobj", "xcomp", "oprd", "attr"}
    if verb in STANCE:
        wanted |= {"dobj", "ccomp", "oprd"}
    if verb in MIND:
        wanted |= {"ccomp", "xcomp", "dobj"}
    return wanted | ({"acomp", "advcl"} if verb == "say" else set())


def _is_edge(token: Token) -> bool:
    return token.is_punct and token.text not in _MARKS and token.text not in "([$"


def _subject(verb: Token) -> Token | None:
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
        elif any(c.dep_ == "nsubjpass" for c in verb.children):
            return None
        else:
            return None
    return None


def _antecedent(source: Token) -> Token:
    """The noun that "who" stands for, else the source itself."""
    if source.lower_ in _RELATIVE and source.tag_ in ("WP", "WDT"):
        verb = source.head
        for _ in range(4):
            if verb.dep_ == "relcl":
                return verb.head
            verb = verb.head
    return source


def find_attributions(doc: Doc, quotes: Sequence[Span]) -> list[Attribution]:
    """The attributions of a parsed sentence in the order of their cues; `quotes` are the quotations in it."""
    found = list(_Sentence(doc, quotes).attributions())
    return [
        a
        for a in found
        if not any(
            b is not a
            and any(c.start <= a.cue.start < c.end for c in b.content)
            and not any(c.start <= b.cue.start < c.end for c in a.content)
            for b in found
        )
    ]
