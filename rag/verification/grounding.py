"""Whether quotes support a sentence."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index import Article, Library, Span, Statement, folded, may_be_same
from index.chunking import sentence_spans
from index.statements import Parser, find_statements
from index.text import FUNCTION_WORDS, ORGANISATIONS, TITLES, language_of, word_set

from .contradiction import contradicts
from .dates import days_in, stated_dates, unsupported_date
from .names import holds, name_runs, spells, words_of
from .numbers import unsupported_numbers
from .roles import exchanged
from .similarity import nearness

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Below these a sentence says something that its quotes don't (see bench/grounding.py).
_LEAST_MEANING = 0.5
_LEAST_WORDS = 0.6
_LEAST_SHORT = 0.46
_LEAST_LONG = 0.5
_SPEECH = word_set("""
    say says said tell tells told add adds added argue argues argued claim claims claimed according note notes noted
    state stated warn warns warned announce announced declare declared insist insists insisted explain explained write
    writes wrote described describes called calls acknowledged conceded stressed
""")
# "Roberts said", "said Chief Justice Roberts", "according to the organizer (AROS)": whatever was found as statements.
_CUES = "|".join(sorted(_SPEECH))
_NEAR_CUE = (
    rf"\b{{name}}\b\W+(?:\w+ )?(?:{_CUES})\b"
    rf"|\b(?!tell|told)(?:{_CUES}),? (?:to )?(?:(?!that\b|to\b|as\b|{_CUES})[\w’'.-]+[ (]+){{{{0,10}}}}{{name}}\b"
)
# What refers to somebody or something in a sentence before.
_PRONOUNS = word_set("he she it they him her them his its their this these those both")
_REFERRING = word_set("""
    city state country company bank party group agency mayor president minister spokesman spokeswoman man woman team
    firm university council government island ship senator governor candidate author
""")
_NEAR = 2_000  # characters before a quote that are looked at
_GENERIC = ORGANISATIONS | TITLES | FUNCTION_WORDS | word_set("justice supreme national state city")
_BEFORE = 3  # sentences before a quote in which such a word may find its name

_PARSING = threading.Lock()  # spaCy's pipeline is no good in two threads at once


Cited = Sequence[tuple[Article, Span]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported; `reason` says why not."""

    is_supported: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence and its quotes, parsed; `said` are the statements in the sentence itself."""

    sentence: Doc
    quotes: list[Doc]
    said: list[Statement]


@cache
def _parser() -> Parser:
    return Parser(with_lemmas=True)


class Grounding:
    """Judges sentences by the quotes that they rely on. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def prepare(self) -> None:
        """Load what takes seconds, so that the first answer doesn't wait for it."""
        with _PARSING:
            _parser()
        language_of("a" * 100)

    def judge(self, sentence: str, cited: Cited) -> Verdict:
        """Whether the cited spans, whole sentences, support a sentence: nothing in it may go beyond them."""
        reason = self._objection(sentence, cited) if cited else "it has no quote"
        return Verdict(reason is None, reason or "")

    def _objection(self, sentence: str, cited: Cited) -> str | None:
        quotes = [span.of(article.text) for article, span in cited]
        together = " ".join(quotes)
        if any(language_of(words) not in (None, "en") for words in (sentence, *quotes)):
            return "only English can be checked"
        read = self._read(sentence, quotes)
        statements = self._statements(cited)
        speakers = [one.speaker for found in statements for one in found]
        days = stated_dates([(quote, article.published) for quote, (article, _) in zip(quotes, cited, strict=True)])
        names = _Names.of(cited, speakers, read.quotes)
        if any(map(_demands, read.quotes)):
            return "a quote only tells somebody to do something"
        if name := names.unknown(read.sentence):
            return f"the quotes don't name {name}"
        if numbers := unsupported_numbers(sentence, together) - (days.numbers & days_in(sentence).numbers):
            return f"the quotes don't hold the number {min(numbers):g}"
        if day := unsupported_date(sentence, days):
            return f"the quotes don't name {day}"
        if speaker := _other_speaker(read.said, speakers, together, _checked_words(read.sentence)):
            return f"the quotes are not said by {speaker}"
        if (
            all(statements)
            and not any(map(_is_speech, read.said))
            and (speaker := _unnamed_speaker(read.sentence, speakers))
        ):
            return f"it doesn't tell that {speaker} said so"
        if word := contradicts(read.sentence, read.quotes, self._stem):
            return f"what is said of “{word}” is denied on one side"
        if pair := exchanged(read.sentence, read.quotes):
            return f"{pair[0]} and {pair[1]} are exchanged"
        near = nearness(self._library, sentence, quotes, _checked_words(read.sentence))
        if near.short < _LEAST_SHORT or near.long < _LEAST_LONG:
            return "it goes beyond the quotes"
        if near.meaning < _LEAST_MEANING or near.words < _LEAST_WORDS:
            return "the quotes say something else"
        return None

    def _stem(self, word: str) -> str:
        return next(iter(self._library.terms(word)), word)

    def _read(self, sentence: str, quotes: Iterable[str]) -> _Read:
        parts = [part.of(quote) for quote in quotes for part in sentence_spans(quote)]
        with _PARSING:
            parser = _parser()
            doc, *told = parser.parse([sentence, *parts])
            said = find_statements(0, sentence, sentence_spans(sentence), parser)
        return _Read(doc, told, said)

    def _statements(self, cited: Cited) -> list[list[Statement]]:
        """The statements in each of the cited spans."""
        statements = self._library.statements(article_ids={article.id for article, _ in cited})
        return [
            [one for one in statements if one.article_id == a.id and one.start < span.end and span.start < one.end]
            for a, span in cited
        ]


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that a sentence may use: those of the quotes, and those that pronouns in them stand for.

    More of a known name is fine where an article has it so.
    """

    quotes: str
    known: frozenset[str]
    before: frozenset[str]
    subject_refers: bool
    refers: bool
    texts: tuple[str, ...]

    @classmethod
    def of(cls, cited: Cited, speakers: Sequence[str], docs: Sequence[Doc]) -> _Names:
        quotes = " ; ".join(span.of(article.text) for article, span in cited)
        known = " ; ".join([quotes, *speakers, *(article.publisher or "" for article, _ in cited)])
        before = " ; ".join(_before(article, span) for article, span in cited)
        refers = any(token.lower_ in _PRONOUNS for doc in docs for token in doc)
        texts = tuple({article.text for article, _ in cited})
        return cls(quotes, words_of(known), words_of(before), any(map(_refers, docs)), refers, texts)

    def unknown(self, sentence: Doc) -> str | None:
        """A name of the sentence that it may not use."""
        for run in name_runs(sentence):
            missing = [token.text for token in run if not holds(self.known, token.text)]
            if missing and not self._is_known(sentence[run[0].i : run[-1].i + 1].text, run[-1], missing):
                return missing[0]
        return None

    def _is_known(self, name: str, last: Token, missing: Sequence[str]) -> bool:
        if holds(self.known, last.text) and any(name in text for text in self.texts):
            return True
        if holds(self.known, name.replace(" ", "_")) or spells(self.quotes, name):
            return True
        may_stand_for = self.subject_refers or (self.refers and last.dep_ not in ("nsubj", "nsubjpass"))
        return may_stand_for and all(holds(self.before, word) for word in missing)


def _demands(doc: Doc) -> bool:
    """True for "Tell the reader that …": what a demand holds isn't said to be so."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None or root.tag_ != "VB" or any(mark in doc.text for mark in '"“”'):
        return False
    return not any(child.dep_ in ("nsubj", "nsubjpass", "aux", "expl") for child in root.children)


def _refers(doc: Doc) -> bool:
    """True where a sentence means somebody or something that it doesn't name: its subject is no name."""
    if any(
        token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT" and token.pos_ == "PROPN" for token in doc
    ):
        return False
    return any(
        token.lower_ in _PRONOUNS
        or (token.lower_ in _REFERRING and any(child.lower_ == "the" for child in token.children))
        for token in doc
    )


def _before(article: Article, span: Span) -> str:
    """The sentences before a span."""
    text = article.text[max(0, span.start - _NEAR) : span.start]
    return " ".join(one.of(text) for one in sentence_spans(text)[-_BEFORE:])


def _checked_words(sentence: Doc) -> set[str]:
    """The names and numbers of a sentence, which were compared already."""
    names = {token.text for run in name_runs(sentence) for token in run}
    return names | {token.text for token in sentence if token.like_num}


def _unnamed_speaker(sentence: Doc, speakers: Sequence[str]) -> str | None:
    """Who says what the sentence takes for a fact; None where it names a speaker, or somebody who may be it."""
    words = words_of(sentence.text)
    if any(token.lower_ in _PRONOUNS | {"i", "we"} for token in sentence):
        return None
    named = [speaker for speaker in speakers if speaker.split()[-1][:1].isupper()]
    if len(named) < len(speakers) or any(holds(words, word) for name in named for word in folded(name)):
        return None
    return next(iter(named), None)


def _other_speaker(said: Sequence[Statement], speakers: Sequence[str], quotes: str, names: Set[str]) -> str | None:
    """Who is said to speak in the sentence and doesn't in the quotes."""
    if not speakers:
        return None
    for one in said:
        if not any(name == one.speaker.split()[-1] for name in names):
            continue
        if _is_speech(one) and not one.inferred and not any(_is_same(one, speaker) for speaker in speakers):
            name = re.escape(one.speaker.split()[-1])
            if not re.search(_NEAR_CUE.format(name=name), quotes):
                return one.speaker
    return None


def _is_speech(statement: Statement) -> bool:
    return bool(_SPEECH & set(re.findall(r"[a-z]+", statement.cue.lower())))


def _is_same(statement: Statement, speaker: str) -> bool:
    names = folded(statement.speaker), folded(speaker)
    is_name = all(name.split()[-1][:1].isupper() for name in (statement.speaker, speaker))
    return (
        not is_name
        or may_be_same(*names)
        or bool(set(names[0]) & set(names[1]) - _GENERIC)
        or spells(speaker, statement.speaker)
    )
