"""Attributions in one parsed sentence: source, cue and content, found from the dependencies between its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from ...records import Span
from ...text import CHARACTERISING_VERBS, REPORTING_VERBS, STANCE_VERBS, VERB_LEMMAS
from .acts import is_act, is_someone
from .cues import CUE_ADJECTIVES, CUE_NOUNS, NEGATING_VERBS
from .grammar import (
    AUXILIARIES,
    QUOTING_VERBS,
    clause_tokens,
    condition_before,
    content_heads,
    is_as_clause,
    is_noun_clause,
    is_omission,
    is_passive,
    is_topic_phrase,
    is_unasserted,
    makes_clear,
    passive_subjects,
    puts_it,
    resolve_relative_pronoun,
)
from .nesting import Draft, innermost_report, is_aside, is_reported_by
from .polarity import is_negated
from .sources import author_of, find_source
from .spans import span_between, spans_of
from .subjects import find_subject

_MAX_CUE_ALONE = 12  # tokens of a sentence that is only a cue: "Kirby asked."
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
        reporter: the token that heads the source that reports this statement; None if the author does.
        is_negated: whether the sentence says that it wasn't said.
    """

    source: Token
    antecedent: Token
    cue: Span
    verb: str
    content: tuple[Span, ...]
    reporter: Token | None
    is_negated: bool


def find_attributions(
    doc: Doc, quotes: Sequence[Span], *, follows_quotation: bool = False, precedes_quotation: bool = False
) -> list[Attribution]:
    """Return the attributions in a parsed sentence in the order of their cues.

    Args:
        doc: the sentence.
        quotes: its quotations.
        follows_quotation: whether the sentence before it is a quotation: "“Why?” Kirby asked."
        precedes_quotation: whether the next sentence is one: "Kirby supports Biden. “He is right.”"
    """
    sentence = _Sentence(doc, quotes)
    sentence.may_be_cue_alone = follows_quotation and not quotes and len(doc) <= _MAX_CUE_ALONE
    sentence.introduces_words = precedes_quotation and not quotes
    return sentence.attributions()


class _Sentence:
    """A parsed sentence; `quoted` says of each token whether it is in a quotation."""

    def __init__(self, doc: Doc, quotes: Sequence[Span]) -> None:
        self.doc = doc
        self.may_be_cue_alone = False
        self.introduces_words = False
        self.quoted = [any(quote.start <= token.idx < quote.end for quote in quotes) for token in doc]
        self.quotations = [{token.i for token in doc if quote.start <= token.idx < quote.end} for quote in quotes]

    def attributions(self) -> list[Attribution]:
        drafts = [draft for token in self.doc if (draft := self._draft(token)) is not None]
        self._assign_quotations(drafts)
        drafts = self._with_content(drafts)
        found = []
        for draft in drafts:
            reporter = innermost_report(draft, drafts)
            if reporter is not None and is_aside(draft):
                reporter = None
            if reporter is not None and not is_reported_by(draft, reporter, self.quoted):
                continue  # only the content of the other statement
            spans = spans_of((self.doc[position] for position in sorted(draft.content)), self.quoted)
            if spans or not draft.content:
                antecedent = resolve_relative_pronoun(draft.source)
                via = resolve_relative_pronoun(reporter.source) if reporter is not None else None
                found.append(
                    Attribution(draft.source, antecedent, draft.cue, draft.verb, spans, via, is_negated(draft.head))
                )
        return found

    def _draft(self, token: Token) -> Draft | None:
        """Return the attribution whose cue is headed by a token."""
        if self.quoted[token.i]:
            return None
        return self._according_to(token) or self._verb(token) or self._adjective(token) or self._noun(token)

    def _with_content(self, drafts: Iterable[Draft]) -> list[Draft]:
        """Select the drafts with content, or whose content is the sentence before or, after a colon, the next one."""
        is_announcement = self.doc[-1].text == ":" if len(self.doc) else False
        may_lack_content = is_announcement or self.may_be_cue_alone
        return [draft for draft in drafts if draft.content or (may_lack_content and draft.may_quote)]

    def _assign_quotations(self, drafts: Sequence[Draft]) -> None:
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
                is_nested = best.position in other.content or other.position in best.content
                if other is not best and other.may_quote and best.may_quote and not is_nested:
                    other.content -= quotation

    def _nearest_quoting(self, drafts: Iterable[Draft], quotation: set[int]) -> Draft | None:
        quoting = (draft for draft in drafts if draft.may_quote or self._precedes_quotation(draft.position))

        def distance(draft: Draft) -> int:
            return min((abs(draft.position - position) for position in quotation), default=0)

        return min(quoting, key=distance, default=None)

    def _according_to(self, token: Token) -> Draft | None:
        """ "…, according to Kirby": everything else in the sentence is the content."""
        if token.lower_ != "according" or token.i + 1 == len(self.doc):
            return None
        to = token.nbor()
        source = next((child for part in (token, to) for child in part.children if child.dep_ == "pobj"), None)
        if to.lower_ != "to" or source is None:
            return None
        phrase = {below.i for below in token.subtree}
        if len(phrase) == len(self.doc):  # misparsed: up to the comma
            end = next((other.i for other in self.doc[source.i :] if other.text == ","), len(self.doc))
            phrase = set(range(token.i, end))
        content = {other.i for other in self.doc if other.i not in phrase}
        source = author_of(source) or source
        return Draft(source, Span(token.idx, to.idx + len(to)), token, "", content)

    def _verb(self, token: Token) -> Draft | None:
        """ "Kirby said that …"."""
        verb = "say" if puts_it(token) else VERB_LEMMAS.get(token.lower_)
        if verb is None or not (token.tag_.startswith("V") or token.dep_ in ("ROOT", "parataxis")):
            return None
        if is_passive(token):
            return self._quoted_as(token, verb) or self._passive(token, verb)
        if verb == "respond" and any(child.dep_ == "neg" for child in token.children):
            return None  # no answer isn't a statement
        source = find_source(token, verb, self.quoted)
        if source is None or is_unasserted(token, source) or is_omission(token, verb):
            return None
        if is_act(token, verb, source, self.quoted) and not (self.introduces_words and is_someone(source)):
            return None
        content = self._verb_content(token, verb, content_heads(token, verb, source))
        return Draft(source, self._cue_span(token), token, verb, content - _source_and_cue(token, source))

    def _verb_content(self, token: Token, verb: str, heads: Sequence[Token]) -> set[int]:
        content = self._clauses(heads)
        is_inserted = token.dep_ == "parataxis" or (not content and is_as_clause(token))
        if verb in QUOTING_VERBS and is_inserted:  # "The war, Kirby said, will go on."
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

    def _quoted_as(self, token: Token, verb: str) -> Draft | None:
        """ "Kirby was quoted as saying …": the subject is the source."""
        subject = next(passive_subjects(token), None)
        quoted_as = next((child for child in token.children if child.dep_ == "prep" and child.lower_ == "as"), None)
        if verb not in ("quote", "cite", "report") or quoted_as is None or subject is None:
            return None
        content = {below.i for below in quoted_as.subtree if below.i > quoted_as.i + 1}
        return Draft(subject, self._cue_span(token), token, verb, content)

    def _passive(self, token: Token, verb: str) -> Draft | None:
        """ "Putin was criticised by Kirby": the agent is the source."""
        agents = (child for by in token.children if by.dep_ == "agent" for child in by.children if child.dep_ == "pobj")
        agent = next(agents, None)
        if agent is None or self.quoted[agent.i] or verb not in REPORTING_VERBS | STANCE_VERBS | CHARACTERISING_VERBS:
            return None
        if is_act(token, verb, agent, self.quoted):
            return None
        content = {below.i for subject in passive_subjects(token) for below in subject.subtree}
        return Draft(agent, self._cue_span(token), token, verb if content else "", content)

    def _adjective(self, token: Token) -> Draft | None:
        """ "Kirby is confident that …", "is open to talks"."""
        if token.lower_ not in CUE_ADJECTIVES or not (token.dep_ == "acomp" or makes_clear(token)):
            return None
        source = find_subject(token.head)
        labels = ("ccomp", "xcomp", "prep", *(("advcl", "csubj") if makes_clear(token) else ()))
        content = self._clauses(child for child in token.children if child.i > token.i and child.dep_ in labels)
        if source is None or not content or not source.tag_.startswith(("NNP", "PRP", "WP")):
            return None
        first = self.doc[min(token.head.i, token.i)]
        return Draft(source, span_between(first, token), token, "", content)

    def _noun(self, token: Token) -> Draft | None:
        """ "Kirby's claim that …"."""
        if token.lower_ not in CUE_NOUNS:
            return None
        owner = next((child for child in token.children if child.dep_ == "poss"), None)
        heads = list(filter(is_noun_clause, token.children)) or list(filter(is_topic_phrase, token.children))
        if owner is None or not heads:
            return None
        content = {below.i for head in heads for below in head.subtree}
        return Draft(owner, Span(token.idx, token.idx + len(token)), token, "", content)

    def _precedes_quotation(self, position: int) -> bool:
        """Return whether a quotation begins right after a cue: "agreed: “…”"."""
        first = position = position + 1
        while position < len(self.doc) and self.doc[position].text in (":", ",", "that"):
            position += 1
        return first < position < len(self.doc) and self.quoted[position]

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
        return span_between(start, token)


def _source_and_cue(token: Token, source: Token) -> set[int]:
    """Return the positions of the words of a cue and its source, which are not content."""
    source_words = {source.i} if token in source.subtree else {below.i for below in source.subtree}
    return source_words | {token.i} | {child.i for child in token.children if child.dep_ in AUXILIARIES}
