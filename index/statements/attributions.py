"""Attributions in one parsed sentence: source, cue and content, found from the dependencies between its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from ..records import Span
from ..text import ADDRESSEE_VERBS, CHARACTERISING_VERBS, REPORTING_VERBS, STANCE_VERBS, VERB_LEMMAS
from .cues import CUE_ADJECTIVES, CUE_NOUNS, NEGATING_VERBS
from .grammar import (
    AUXILIARIES,
    QUOTING_VERBS,
    clause_tokens,
    condition_before,
    content_heads,
    find_subject,
    inserted_name,
    is_noun_clause,
    is_omission,
    is_passive,
    is_topic_phrase,
    is_unasserted,
    passive_subjects,
    resolve_relative_pronoun,
)

_QUOTATION_MARKS = "“”\"'‘’„«»`"
_OPENING_SIGNS = "([$"
_MAX_DISTANCE = 4  # tokens between a negating verb and its cue


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source with its cue and the content, as spans in the sentence.

    Attributes:
        source: the token that heads the source as written ("who").
        antecedent: the token that heads the noun it refers to; `source` itself if it isn't a relative pronoun.
        cue: the words that mark the statement.
        verb: the lemma of the cue; empty if the cue isn't a verb.
        content: the words that were said; none if they follow in the next paragraph.
    """

    source: Token
    antecedent: Token
    cue: Span
    verb: str
    content: tuple[Span, ...]


@dataclass(slots=True, eq=False)
class _Draft:
    """An attribution under construction: the position of its cue and those of the tokens of its content."""

    source: Token
    cue: Span
    position: int
    verb: str
    content: set[int]

    @property
    def may_quote(self) -> bool:
        return self.verb in QUOTING_VERBS


def find_attributions(doc: Doc, quotes: Sequence[Span]) -> list[Attribution]:
    """Return the attributions in a parsed sentence in the order of their cues; `quotes` are its quotations."""
    return _Sentence(doc, quotes).attributions()


class _Sentence:
    """A parsed sentence; `quoted` says of each token whether it is in a quotation."""

    def __init__(self, doc: Doc, quotes: Sequence[Span]) -> None:
        self.doc = doc
        self.quoted = [any(quote.start <= token.idx < quote.end for quote in quotes) for token in doc]
        self.quotations = [{token.i for token in doc if quote.start <= token.idx < quote.end} for quote in quotes]

    def attributions(self) -> list[Attribution]:
        drafts = [draft for token in self.doc if (draft := self._draft(token)) is not None]
        self._assign_quotations(drafts)
        found = []
        for draft in _without_nested(self._with_content(drafts)):
            spans = self._spans(self.doc[position] for position in sorted(draft.content))
            if spans or not draft.content:
                antecedent = resolve_relative_pronoun(draft.source)
                found.append(Attribution(draft.source, antecedent, draft.cue, draft.verb, spans))
        return found

    def _draft(self, token: Token) -> _Draft | None:
        """Return the attribution whose cue is headed by a token."""
        if self.quoted[token.i]:
            return None
        return self._according_to(token) or self._verb(token) or self._adjective(token) or self._noun(token)

    def _with_content(self, drafts: Iterable[_Draft]) -> list[_Draft]:
        """Select the drafts with content, or whose content a colon at the end of the sentence announces."""
        is_announcement = self.doc[-1].text == ":" if len(self.doc) else False
        return [draft for draft in drafts if draft.content or (is_announcement and draft.may_quote)]

    def _assign_quotations(self, drafts: Sequence[_Draft]) -> None:
        """Assign each quotation whole to the cue that governs most of it, or else to the nearest that may quote."""
        for quotation in self.quotations:
            candidates = [draft for draft in drafts if draft.content & quotation]
            if not candidates and (nearest := self._nearest_quoting(drafts, quotation)) is not None:
                candidates = [nearest]
            if not candidates:
                continue
            best = max(candidates, key=lambda draft: len(draft.content & quotation))
            best.content |= quotation
            for other in candidates:
                if other is not best and other.may_quote and best.may_quote:
                    other.content -= quotation

    def _nearest_quoting(self, drafts: Iterable[_Draft], quotation: set[int]) -> _Draft | None:
        quoting = (draft for draft in drafts if draft.may_quote or self._precedes_quotation(draft.position))

        def distance(draft: _Draft) -> int:
            return min((abs(draft.position - position) for position in quotation), default=0)

        return min(quoting, key=distance, default=None)

    def _according_to(self, token: Token) -> _Draft | None:
        """ "…, according to Kirby": everything else in the sentence is the content."""
        if token.lower_ != "according" or token.i + 1 == len(self.doc):
            return None
        to = token.nbor()
        source = next((child for part in (token, to) for child in part.children if child.dep_ == "pobj"), None)
        if to.lower_ != "to" or source is None:
            return None
        phrase = {below.i for below in token.subtree}
        content = {other.i for other in self.doc if other.i not in phrase}
        return _Draft(source, Span(token.idx, to.idx + len(to)), token.i, "", content)

    def _verb(self, token: Token) -> _Draft | None:
        """ "Kirby said that …"."""
        verb = VERB_LEMMAS.get(token.lower_)
        if verb is None or not (token.tag_.startswith("V") or token.dep_ in ("ROOT", "parataxis")):
            return None
        if is_passive(token):
            return self._quoted_as(token, verb) or self._passive(token, verb)
        if verb == "respond" and any(child.dep_ == "neg" for child in token.children):
            return None  # no answer isn't a statement
        source = self._source(token)
        if source is None or is_unasserted(token, source) or is_omission(token, verb):
            return None
        content = self._verb_content(token, verb, content_heads(token, verb, source))
        return _Draft(source, self._cue_span(token), token.i, verb, content - _source_and_cue(token, source))

    def _source(self, token: Token) -> Token | None:
        source = find_subject(token)
        if source is None or self.quoted[source.i]:
            source = inserted_name(token, self.quoted) or self._inverted_subject(token)
        return None if source is None or self.quoted[source.i] else source

    def _verb_content(self, token: Token, verb: str, heads: Sequence[Token]) -> set[int]:
        content = self._clauses(heads)
        if verb in QUOTING_VERBS and token.dep_ == "parataxis":  # "The war, Kirby said, will go on."
            cue_clause = {below.i for below in token.subtree} - content
            content = (content | self._clauses([token.head]) | {token.head.i}) - cue_clause
        if verb in QUOTING_VERBS and content and (condition := condition_before(token, self.quoted)) is not None:
            content |= self._clauses([condition])
        if verb in STANCE_VERBS | CHARACTERISING_VERBS and verb not in REPORTING_VERBS and content:
            labels = ("prep", "advcl", "xcomp", "oprd")
            content |= self._clauses(child for child in token.children if child.dep_ in labels and child.i > token.i)
        return content

    def _clauses(self, heads: Iterable[Token]) -> set[int]:
        return {position for head in heads for position in clause_tokens(head, self.quoted)}

    def _quoted_as(self, token: Token, verb: str) -> _Draft | None:
        """ "Kirby was quoted as saying …": the subject is the source."""
        subject = next(passive_subjects(token), None)
        quoted_as = next((child for child in token.children if child.dep_ == "prep" and child.lower_ == "as"), None)
        if verb not in ("quote", "cite", "report") or quoted_as is None or subject is None:
            return None
        content = {below.i for below in quoted_as.subtree if below.i > quoted_as.i + 1}
        return _Draft(subject, self._cue_span(token), token.i, verb, content)

    def _passive(self, token: Token, verb: str) -> _Draft | None:
        """ "Putin was criticised by Kirby": the agent is the source."""
        agents = (child for by in token.children if by.dep_ == "agent" for child in by.children if child.dep_ == "pobj")
        agent = next(agents, None)
        if agent is None or self.quoted[agent.i] or verb not in REPORTING_VERBS | STANCE_VERBS | CHARACTERISING_VERBS:
            return None
        content = {below.i for subject in passive_subjects(token) for below in subject.subtree}
        return _Draft(agent, self._cue_span(token), token.i, verb if content else "", content)

    def _adjective(self, token: Token) -> _Draft | None:
        """ "Kirby is confident that …", "is open to talks"."""
        if token.lower_ not in CUE_ADJECTIVES or token.dep_ != "acomp":
            return None
        source = find_subject(token.head)
        content = self._clauses(
            child for child in token.children if child.i > token.i and child.dep_ in ("ccomp", "xcomp", "prep")
        )
        if source is None or not content or not source.tag_.startswith(("NNP", "PRP", "WP")):
            return None
        first = self.doc[min(token.head.i, token.i)]
        return _Draft(source, _span(first, token), token.i, "", content)

    def _noun(self, token: Token) -> _Draft | None:
        """ "Kirby's claim that …"."""
        if token.lower_ not in CUE_NOUNS:
            return None
        owner = next((child for child in token.children if child.dep_ == "poss"), None)
        heads = list(filter(is_noun_clause, token.children)) or list(filter(is_topic_phrase, token.children))
        if owner is None or not heads:
            return None
        content = {below.i for head in heads for below in head.subtree}
        return _Draft(owner, Span(token.idx, token.idx + len(token)), token.i, "", content)

    def _precedes_quotation(self, position: int) -> bool:
        """Return whether a quotation begins right after a cue: "agreed: “…”"."""
        first = position = position + 1
        while position < len(self.doc) and self.doc[position].text in (":", ",", "that"):
            position += 1
        return first < position < len(self.doc) and self.quoted[position]

    def _inverted_subject(self, token: Token) -> Token | None:
        """ "…," exclaimed the senator: the parser labels the speaker after the cue as an object."""
        if VERB_LEMMAS.get(token.lower_) not in QUOTING_VERBS - ADDRESSEE_VERBS or token.i == 0:
            return None
        before = self.doc[token.i - 1]
        if not (self.quoted[before.i] or before.text in _QUOTATION_MARKS or before.text == ","):
            return None
        labels = ("dobj", "attr", "npadvmod")
        return next((child for child in token.children if child.dep_ in labels and child.i > token.i), None)

    def _cue_span(self, token: Token) -> Span:
        """Return the span of a cue with what negates it: "did not say", "refused to say", "neither confirmed"."""
        first = token
        is_complement = token.dep_ in ("xcomp", "pcomp") and token.head.lower_ in NEGATING_VERBS
        if is_complement and token.i - token.head.i < _MAX_DISTANCE:
            first = token.head
        negations = [
            child
            for child in first.children
            if child.i < first.i and (child.dep_ in AUXILIARIES or child.lower_ == "neither")
        ]
        start = min([*negations, first], key=lambda part: part.i)
        between = self.doc[start.i : first.i]
        if any(part.dep_ not in AUXILIARIES and part.dep_ not in ("advmod", "preconj") for part in between):
            start = first
        return _span(start, token)

    def _spans(self, tokens: Iterable[Token]) -> tuple[Span, ...]:
        """Return runs of neighbouring tokens as spans, without punctuation at their ends except quotation marks."""
        runs: list[list[Token]] = []
        for token in tokens:
            if runs and runs[-1][-1].i == token.i - 1:
                runs[-1].append(token)
            else:
                runs.append([token])
        trimmed = [self._trimmed(run) for run in runs]
        return tuple(
            _span(run[0], run[-1]) for run in trimmed if any(token.is_alpha or token.like_num for token in run)
        )

    def _trimmed(self, run: list[Token]) -> list[Token]:
        while run and _is_edge_punctuation(run[0]):
            run = run[1:]
        while run and (_is_edge_punctuation(run[-1]) or run[-1].tag_ == "CC") and not self.quoted[run[-1].i]:
            run = run[:-1]
        return run


def _without_nested(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Leave out statements that another one reports: they are the content of that one."""

    def is_nested(draft: _Draft) -> bool:
        others = (other for other in drafts if other is not draft)
        return any(draft.position in other.content and other.position not in draft.content for other in others)

    return [draft for draft in drafts if not is_nested(draft)]


def _source_and_cue(token: Token, source: Token) -> set[int]:
    """Return the positions of the words of a cue and its source, which are not content."""
    source_words = {source.i} if token in source.subtree else {below.i for below in source.subtree}
    return source_words | {token.i} | {child.i for child in token.children if child.dep_ in AUXILIARIES}


def _is_edge_punctuation(token: Token) -> bool:
    return token.is_punct and token.text not in _QUOTATION_MARKS and token.text not in _OPENING_SIGNS


def _span(first: Token, last: Token) -> Span:
    return Span(min(first.idx, last.idx), max(first.idx + len(first), last.idx + len(last)))
