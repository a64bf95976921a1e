"""Find the statements in a text, each with its speaker, cue and content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..records import Span, Statement
from ..text import FINDING_VERBS, PRONOUN_GENDERS
from .coreference import CoreferenceResolver
from .labels import Label, find_labels
from .sentence import (
    Attribution,
    Mention,
    find_attributions,
    find_names,
    find_roles,
    find_talk,
    mention_of,
    retag_names,
    sorted_by_position,
)
from .utterances import (
    ContentPart,
    Sentence,
    Utterance,
    UtteranceRun,
    group_runs,
    propagate_speakers,
    split_paragraphs,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .parser import Parser


def find_statements(article_id: int, text: str, sentences: Sequence[Span], parser: Parser) -> list[Statement]:
    """Return the statements in an English text, in order. `sentences` are the sentences of `text`."""
    return [
        _statement(article_id, text, run)
        for run in find_utterance_runs(text, sentences, parser)
        if any(part.content for _, utterance in run for part in utterance.parts)
    ]


def find_utterance_runs(text: str, sentences: Sequence[Span], parser: Parser) -> list[UtteranceRun]:
    """Return the statements as runs of utterances, among them those without content."""
    paragraphs = split_paragraphs(text, sentences)
    all_sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    docs = parser.parse("" if s.is_fully_quoted else s.parsed.of(text) for s in all_sentences)
    retag_names(docs)
    names = [_unquoted_names(sentence, doc) for sentence, doc in zip(all_sentences, docs, strict=True)]
    resolver = CoreferenceResolver(names)
    number = 0  # of sentences in the author's words: a quotation of ten sentences doesn't lead away from its speaker
    for sentence, doc, named in zip(all_sentences, docs, names, strict=True):
        number += not sentence.is_fully_quoted
        for mention in sorted_by_position([*named, *_unquoted_references(sentence, doc)]):
            resolver.read(number, mention)
        _add_attributions(sentence, doc, number, resolver)
    for label in find_labels(text, resolver.is_person):
        _apply_label(text, all_sentences, label, resolver)
    propagate_speakers(text, paragraphs)
    return [run for paragraph in paragraphs for run in group_runs(paragraph)]


def _unquoted_names(sentence: Sentence, doc: Doc) -> list[Mention]:
    start = sentence.parsed.start
    return [mention for mention in find_names(doc) if not sentence.is_in_quote(mention.span.start + start)]


def _unquoted_references(sentence: Sentence, doc: Doc) -> Iterator[Mention]:
    """Return the pronouns and definite roles in the author's words."""
    start = sentence.parsed.start
    yield from (mention for mention in find_roles(doc) if not sentence.is_in_quote(mention.span.start + start))
    for token in doc:
        is_pronoun = token.lower_ in PRONOUN_GENDERS and not sentence.is_in_quote(token.idx + sentence.parsed.start)
        if is_pronoun and (mention := mention_of(token)) is not None:
            yield mention


def _add_attributions(sentence: Sentence, doc: Doc, number: int, resolver: CoreferenceResolver) -> None:
    """Add the utterances that the cues of a sentence mark; `number` is that of the sentence."""
    start = sentence.parsed.start
    quotes = [quote.shifted(-start) for quote in sentence.quotes]
    for attribution in find_attributions(
        doc, quotes, follows_quotation=sentence.follows_quotation, precedes_quotation=sentence.precedes_quotation
    ):
        for source in _sources(attribution, sentence):
            mention = mention_of(source)
            referent = resolver.resolve(number, mention) if mention is not None else None
            if mention is None or referent is None:
                continue
            speaker = referent.entity
            if attribution.verb in FINDING_VERBS and speaker.is_person:
                continue
            reporter = _reporter(attribution, number, resolver)
            if reporter == speaker.name:
                continue  # "he said that he had warned": one statement
            content = tuple(span.shifted(start) for span in attribution.content)
            cue = attribution.cue.shifted(start)
            part = ContentPart(mention.span.shifted(start), cue, content, attribution.is_negated)
            sentence.add(Utterance(speaker, referent.is_inferred, (part,), via=reporter))
            if not reporter:
                resolver.record_speaker(number, speaker, mention.pronoun)
    sentence.talk = _find_talk(sentence, doc, number, resolver)


def _reporter(attribution: Attribution, number: int, resolver: CoreferenceResolver) -> str:
    """Return the name of who reports a statement, or the words for it; empty if the author does."""
    if attribution.reporter is None:
        return ""
    mention = mention_of(attribution.reporter)
    referent = resolver.resolve(number, mention) if mention is not None else None
    return referent.entity.name if referent is not None else attribution.reporter.text


def _find_talk(sentence: Sentence, doc: Doc, number: int, resolver: CoreferenceResolver) -> Utterance | None:
    """Return an utterance without content for a sentence that says that the only person so far spoke."""
    subject, verb = find_talk(doc) or (None, None)
    mention = mention_of(subject) if subject is not None else None
    referent = resolver.resolve(number, mention) if mention is not None else None
    if verb is None or mention is None or referent is None or not resolver.is_only_person(referent.entity):
        return None
    start = sentence.parsed.start
    cue = Span(verb.idx, verb.idx + len(verb)).shifted(start)
    return Utterance(referent.entity, True, (ContentPart(mention.span.shifted(start), cue, ()),))


def _sources(attribution: Attribution, sentence: Sentence) -> list[Token]:
    """Return the sources of an attribution: "Ann Lee and John Kirby said …" has two."""
    source = attribution.antecedent
    if source is not attribution.source:
        return [source]
    start = sentence.parsed.start
    return [source, *(other for other in source.conjuncts if not sentence.is_in_quote(other.idx + start))]


def _apply_label(text: str, sentences: Sequence[Sentence], label: Label, resolver: CoreferenceResolver) -> None:
    """Attribute the sentences of a line with a label to the speaker whom the label names."""
    position = bisect_left(sentences, label.line.start, key=lambda sentence: sentence.span.start)
    while position < len(sentences) and sentences[position].span.start < label.line.end:
        sentences[position].utterances = _labelled_utterances(text, sentences[position], label, resolver)
        position += 1


def _labelled_utterances(text: str, sentence: Sentence, label: Label, resolver: CoreferenceResolver) -> list[Utterance]:
    content = Span(max(sentence.span.start, label.content.start), min(sentence.span.end, label.content.end))
    if content.start >= content.end:
        return []  # the label itself
    has_label = sentence.span.start <= label.content.start <= sentence.span.end
    part = ContentPart(label.speaker, label.cue, (content,))
    speaker = resolver.label_speaker(label.speaker.of(text))
    return [Utterance(speaker, not has_label, (part,), is_continuation=not has_label)]


def _statement(article_id: int, text: str, run: UtteranceRun) -> Statement:
    start, end = run[0][0].span.start, run[-1][0].span.end
    utterances = [utterance for _, utterance in run]
    main = next((utterance for utterance in utterances if not utterance.is_continuation), utterances[0])
    speaker = main.speaker
    content = tuple(sorted({span for utterance in utterances for part in utterance.parts for span in part.content}))
    quotes = [quote for sentence, _ in run for quote in sentence.quotes]
    return Statement(
        article_id,
        _as_written(speaker.name, text),
        main.parts[0].cue.of(text),
        text[start:end],
        start,
        end,
        inferred=main.is_inferred,
        mention=main.parts[0].mention.of(text),
        content=content,
        is_direct=_is_quoted(text, content, quotes),
        role=_as_written(speaker.description, text) if speaker.description else None,
        is_person=speaker.is_person,
        via=_as_written(main.via, text),
        is_negated=main.parts[0].is_negated,
    )


def _is_quoted(text: str, content: Sequence[Span], quotes: Sequence[Span]) -> bool:
    """Return whether all words of the content are in quotations."""
    said = sum(map(_count_letters, (span.of(text) for span in content)))
    shared = (Span(max(s.start, q.start), min(s.end, q.end)) for s in content for q in quotes)
    return said == sum(_count_letters(span.of(text)) for span in shared if span.start < span.end) > 0


def _count_letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def _as_written(words: str, text: str) -> str:
    """Return words from the parser with the apostrophes of the text."""
    return words.replace("'", "’") if "'" in words and words not in text else words
