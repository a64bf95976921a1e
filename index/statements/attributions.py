"""What one parsed sentence attributes to whom: source, cue and content, from the way its words depend on each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from ..records import Span
from .cues import ADJECTIVES, AS, CLAUSE, NOUNS, SAY, STANCE, VERBS
from .grammar import HELPERS, antecedent, clause, is_only_asked, is_passive, said_children, subject

_MARKS = "“”\"'‘’„«»`"
_UNSAID = {"failed", "fails", "fail", "refused", "refuses", "refuse", "declined", "declines", "decline", "stopped"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source with its cue and the content, as spans in the sentence.

    `source` is the token that heads the source as written ("who"), `person` that of the noun it stands for, and `verb`
    the verb of the cue, "" where the cue is none. There is no content where it follows in the next paragraph.
    """

    source: Token
    person: Token
    cue: Span
    verb: str
    content: tuple[Span, ...]


@dataclass(slots=True)
class _Draft:
    """An attribution in the making: `words` are the tokens of its content."""

    source: Token
    cue: Span
    at: int
    verb: str
    words: set[int]


def find_attributions(doc: Doc, quotes: Sequence[Span]) -> list[Attribution]:
    """The attributions of a parsed sentence in the order of their cues; `quotes` are the quotations in it."""
    return _Sentence(doc, quotes).attributions()


class _Sentence:
    """A parsed sentence; `quoted` tells of each token whether it stands within a quotation."""

    def __init__(self, doc: Doc, quotes: Sequence[Span]) -> None:
        self.doc = doc
        self.quoted = [any(quote.start <= token.idx < quote.end for quote in quotes) for token in doc]
        self.quotations = [{token.i for token in doc if quote.start <= token.idx < quote.end} for quote in quotes]

    def attributions(self) -> list[Attribution]:
        drafts = [
            draft
            for token in self.doc
            if not self.quoted[token.i]
            for draft in (self._according(token) or self._verb(token) or self._adjective(token) or self._noun(token),)
            if draft is not None
        ]
        self._share_quotations(drafts)
        announces = self.doc[-1].text == ":" if len(self.doc) else False
        kept = [d for d in drafts if d.words or (announces and d.verb in SAY | CLAUSE)]
        # What somebody says that another said is the former's.
        kept = [d for d in kept if not any(d.at in o.words and o.at not in d.words for o in kept if o is not d)]
        found = [(d, self._spans(self.doc[i] for i in sorted(d.words))) for d in kept]
        return [
            Attribution(d.source, antecedent(d.source), d.cue, d.verb, spans)
            for d, spans in found
            if spans or not d.words
        ]

    def _share_quotations(self, drafts: Sequence[_Draft]) -> None:
        """Give each quotation whole to the cue on which its words depend, or else to the nearest that may quote."""
        for quotation in self.quotations:
            holders = [draft for draft in drafts if draft.words & quotation]
            may_quote = [d for d in drafts if d.verb in SAY | CLAUSE or self._is_beside_quote(d.at)]
            if not holders and may_quote:
                holders = [min(may_quote, key=lambda d: min(abs(d.at - i) for i in quotation) if quotation else 0)]
            if holders:
                best = max(holders, key=lambda draft: len(draft.words & quotation))
                best.words |= quotation
                for other in holders:
                    if other is not best and other.verb in SAY | CLAUSE and best.verb in SAY | CLAUSE:
                        other.words -= quotation

    def _according(self, token: Token) -> _Draft | None:
        """ "…, according to Kirby": everything else in the sentence is the content."""
        if token.lower_ != "according" or token.i + 1 == len(self.doc):
            return None
        to = token.nbor()
        person = next((c for part in (token, to) for c in part.children if c.dep_ == "pobj"), None)
        if to.lower_ != "to" or person is None:
            return None
        aside = {t.i for t in token.subtree}
        words = {t.i for t in self.doc if t.i not in aside}
        return _Draft(person, Span(token.idx, to.idx + len(to)), token.i, "", words)

    def _verb(self, token: Token) -> _Draft | None:
        verb = VERBS.get(token.lower_)
        if verb is None or not (token.tag_.startswith("V") or token.dep_ in ("ROOT", "parataxis")):
            return None
        if is_passive(token):
            return self._passive(token, verb)
        if verb == "respond" and any(c.dep_ == "neg" for c in token.children):
            return None  # no answer is no statement
        source = subject(token)
        if source is None or self.quoted[source.i]:
            source = self._inverted(token)
        if source is None or self.quoted[source.i] or is_only_asked(token, source):
            return None
        own = {source.i} if token in source.subtree else {t.i for t in source.subtree}
        own |= {token.i} | {c.i for c in token.children if c.dep_ in HELPERS}
        chosen = said_children(token, verb, source)
        words = {i for c in chosen for i in clause(c, self.quoted)}
        if verb in SAY | CLAUSE and token.dep_ == "parataxis":  # "The war, Kirby said, will go on."
            words |= set(clause(token.head, self.quoted)) | {token.head.i}
            words -= {t.i for t in token.subtree} - {i for c in chosen for i in clause(c, self.quoted)}
        if verb in STANCE | AS and verb not in SAY and words:
            after = [c for c in token.children if c.dep_ in ("prep", "advcl", "xcomp", "oprd") and c.i > token.i]
            words |= {i for c in after for i in clause(c, self.quoted)}
        return _Draft(source, self._cue_span(token), token.i, verb, words - own)

    def _passive(self, token: Token, verb: str) -> _Draft | None:
        """ "was criticised by Kirby"; "was quoted as saying" has the subject speak."""
        subjects = [c for c in token.children if c.dep_ in ("nsubjpass", "ccomp", "oprd", "xcomp")]
        quoted_as = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "as"), None)
        if verb in ("quote", "cite", "report") and quoted_as is not None and subjects:
            words = {t.i for t in quoted_as.subtree if t.i > quoted_as.i + 1}
            return _Draft(subjects[0], self._cue_span(token), token.i, verb, words)
        agent = next((c for by in token.children if by.dep_ == "agent" for c in by.children if c.dep_ == "pobj"), None)
        if agent is None or self.quoted[agent.i] or verb not in SAY | STANCE | AS:
            return None
        words = {t.i for c in subjects for t in c.subtree}
        return _Draft(agent, self._cue_span(token), token.i, verb if words else "", words)

    def _adjective(self, token: Token) -> _Draft | None:
        """ "Kirby is confident that …", "is open to talks"."""
        if token.lower_ not in ADJECTIVES or token.dep_ != "acomp":
            return None
        source = subject(token.head)
        clauses = [c for c in token.children if c.i > token.i and c.dep_ in ("ccomp", "xcomp", "prep")]
        words = {i for c in clauses for i in clause(c, self.quoted)}
        if source is None or not words or not source.tag_.startswith(("NNP", "PRP", "WP")):
            return None
        first = self.doc[min(token.head.i, token.i)]
        return _Draft(source, self._span(first, token), token.i, "", words)

    def _noun(self, token: Token) -> _Draft | None:
        """ "Kirby's claim that …"."""
        if token.lower_ not in NOUNS:
            return None
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        clauses = [
            c
            for c in token.children
            if c.dep_ in ("acl", "ccomp", "relcl") and any(m.lower_ in ("that", "to") and m.i < c.i for m in c.children)
        ] or [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("for", "of", "against", "about")]
        if owner is None or not clauses:
            return None
        words = {t.i for c in clauses for t in c.subtree}
        return _Draft(owner, Span(token.idx, token.idx + len(token)), token.i, "", words)

    def _is_beside_quote(self, at: int) -> bool:
        """True where a quotation begins behind the verb: "agreed: “…”"."""
        first, at = at + 1, at + 1
        while at < len(self.doc) and self.doc[at].text in (":", ",", "that"):
            at += 1
        return first < at < len(self.doc) and self.quoted[at]

    def _inverted(self, token: Token) -> Token | None:
        """ "…," exclaimed the senator: what the parser takes for an object right behind the cue is the speaker."""
        if VERBS.get(token.lower_) not in SAY | CLAUSE or token.i == 0:
            return None
        before = self.doc[token.i - 1]
        if not (self.quoted[before.i] or before.text in _MARKS or before.text == ","):
            return None
        return next((c for c in token.children if c.dep_ in ("dobj", "attr", "npadvmod") and c.i > token.i), None)

    def _cue_span(self, token: Token) -> Span:
        """The cue with what turns it round: "did not say", "refused to say", "neither confirmed"."""
        first = token
        if token.dep_ in ("xcomp", "pcomp") and token.head.lower_ in _UNSAID and token.i - token.head.i < 4:
            first = token.head
        helpers = [c for c in first.children if c.i < first.i and (c.dep_ in HELPERS or c.lower_ == "neither")]
        start = min([*helpers, first], key=lambda t: t.i)
        if any(self.doc[i].dep_ not in (*HELPERS, "advmod", "preconj") for i in range(start.i, first.i)):
            start = first
        return self._span(start, token)

    def _span(self, first: Token, last: Token) -> Span:
        return Span(min(first.idx, last.idx), max(first.idx + len(first), last.idx + len(last)))

    def _spans(self, tokens: Iterable[Token]) -> tuple[Span, ...]:
        """Runs of tokens as spans, without punctuation at their ends but for quotation marks."""
        runs: list[list[Token]] = []
        for token in tokens:
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
            if any(t.is_alpha or t.like_num for t in run):
                spans.append(self._span(run[0], run[-1]))
        return tuple(spans)


def _is_edge(token: Token) -> bool:
    return token.is_punct and token.text not in _MARKS and token.text not in "([$"
