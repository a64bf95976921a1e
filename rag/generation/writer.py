"""Answers worded by a language model, of which no sentence is shown that the articles don't support."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from index import Article, Library, Span
from index.chunking import sentence_spans

from ..answer import Answer, Citation, Turn, Unsupported
from ..question import names_in
from ..quotes import left_out_note, quotes_instead
from ..verification import MOST_CHARACTERS, Cited, Grounding, cite, find_words, whole_sentences
from .generator import DraftQuote, DraftSentence, Generator, GeneratorFailed, Source
from .injection import is_for_readers, paragraph_around
from .prompt import fitting
from .sanitize import plain_sentences, unpresentable, without_mark_up
from .sources import sources_of

Unfounded = Literal["remove", "strike"]

_MOST_SENTENCES = 8  # in an answer
_MOST_REPEATED = 2
_MOST_QUOTES = 3  # for a sentence
_LEAST_WORDS = 3  # of a quote that tells where it stands
_REWRITE_SHARE = 0.3  # of the time that a rewritten question may take
_LONGEST_QUESTION = 400  # characters


def checked_unfounded(word: str) -> Unfounded:
    """What a word says is to become of unsupported sentences.

    Raises:
        ValueError: it says nothing.
    """
    for choice in get_args(Unfounded):
        if word == choice:
            return choice  # type: ignore[no-any-return]
    raise ValueError(f"unsupported sentences are to {word!r}; it must be one of {', '.join(get_args(Unfounded))}")


@dataclass(slots=True)
class _Growing:
    """A written answer as far as it is: sentences with their markers, and the citations behind these."""

    sentences: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    unsupported: list[Unsupported] = field(default_factory=list)

    def add(self, sentence: str, cited: Cited, query: str) -> None:
        """Add a supported sentence; a quote that was cited before keeps its marker."""
        markers = [self._marker(article, span, query) for article, span in cited]
        self.sentences.append(f"{sentence} {''.join(f'[{marker}]' for marker in dict.fromkeys(markers))}")

    def _marker(self, article: Article, span: Span, query: str) -> int:
        for known in self.citations:
            if (known.article_id, known.start, known.end) == (article.id, span.start, span.end):
                return known.marker
        citation = cite(article, len(self.citations) + 1, span, span.of(article.text), None, query)
        if citation is None:
            raise ValueError(f"an empty span was judged to support a sentence: {span}")
        self.citations.append(citation)
        return citation.marker

    def has(self, sentence: str) -> bool:
        return any(known.startswith(f"{sentence} [") for known in self.sentences)


class Writer:
    """Has a generator word answers, and keeps what the articles support."""

    def __init__(
        self, library: Library, generator: Generator, seconds: float = 30.0, unfounded: Unfounded = "remove"
    ) -> None:
        """Make it.

        Args:
            library: the articles.
            generator: what words the answers.
            seconds: how long a written answer may take in all.
            unfounded: whether sentences without support are removed, or kept apart to be shown struck out.
        """
        self._library = library
        self._generator = generator
        self._grounding = Grounding(library)
        self._seconds = seconds
        self._unfounded = unfounded

    @property
    def model(self) -> str:
        """The name of what words the answers."""
        return self._generator.name

    def prepare(self) -> None:
        """Load what takes seconds, so that the first answer doesn't wait for it."""
        self._grounding.prepare()

    def deadline(self) -> float:
        """When an answer that is begun now has to be done, by `time.monotonic`."""
        return time.monotonic() + self._seconds

    def rewritten(self, question: str, history: Sequence[Turn], until: float) -> str:
        """The question as the generator rewrote it after the turns before; empty where it told nothing of use.

        Raises:
            GeneratorFailed: it gave none.
        """
        soon = time.monotonic() + _REWRITE_SHARE * self._seconds
        text = self._generator.rewrite(question, history, min(until, soon)).strip("\"“”' \n")
        told = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
        is_faithful = (
            0 < len(text) <= _LONGEST_QUESTION
            and text.endswith("?")
            and "\n" not in text
            and not unpresentable(text)
            and set(_words(" ".join(names_in(text)))) <= set(_words(told))
            and set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", told))
            and set(_words(" ".join(names_in(question)))) <= set(_words(text))
        )
        return text if is_faithful and text != question else ""

    def write(self, query: str, quoted: Answer, until: float) -> Iterator[Answer]:
        """A written answer as it grows, the whole one last; what the articles don't support isn't in it.

        Args:
            query: the question so that it stands by itself.
            quoted: the answer in exact quotes, which is given instead where nothing else is left.
            until: when it has to be done, by `time.monotonic`.
        """
        sources = sources_of(self._library, quoted)
        given = fitting(query, sources, self._generator.window)
        if not given:
            why = "has too small a window for them" if sources else "isn't given passages that speak to language models"
            yield quotes_instead(quoted, why)
            return
        growing = _Growing()
        try:
            for draft in _without_end(self._generator.draft(query, given, until)):
                has_grown = self._keep(growing, draft, given, query)
                if has_grown or (growing.sentences and self._unfounded == "strike"):
                    yield self._answer(quoted, growing)
                if len(growing.sentences) >= _MOST_SENTENCES:
                    break
        except GeneratorFailed as error:
            yield quotes_instead(quoted, str(error))
            return
        if not growing.sentences:
            unsupported = growing.unsupported if self._unfounded == "strike" else []
            why = "wrote nothing that the articles support" if growing.unsupported else "found no answer in them"
            yield replace(quotes_instead(quoted, why), unsupported=unsupported)
            return
        yield self._answer(quoted, growing, left_out=len(sources) - len(given))

    def _answer(self, quoted: Answer, growing: _Growing, left_out: int = 0) -> Answer:
        text = " ".join(growing.sentences)
        if left_out:
            text += f"\n\n{left_out_note(left_out)}"
        return replace(
            quoted,
            text=text,
            citations=list(growing.citations),
            mode="written",
            unsupported=list(growing.unsupported) if self._unfounded == "strike" else [],
        )

    def _keep(self, growing: _Growing, draft: DraftSentence, sources: Sequence[Source], query: str) -> bool:
        """Add what is supported of a draft; False where nothing is."""
        cited = self._cited(draft.quotes, sources)
        grown = False
        for sentence in plain_sentences(draft.text):
            if growing.has(sentence) or any(sentence == known.text for known in growing.unsupported):
                continue
            if reason := unpresentable(sentence):
                growing.unsupported.append(Unsupported(without_mark_up(sentence), reason))
                continue
            here = cited or self._cited_bare(sentence, draft.quotes, sources)
            verdict = self._grounding.judge(sentence, here)
            if verdict.is_supported:
                growing.add(sentence, here, query)
                grown = True
            else:
                growing.unsupported.append(Unsupported(sentence, verdict.reason))
        return grown

    def _cited(self, quotes: Sequence[DraftQuote], sources: Sequence[Source]) -> list[tuple[Article, Span]]:
        """The sentences of articles in which the quotes stand; quotes that stand nowhere are dropped."""
        articles = self._library.articles_by_id({source.article_id for source in sources})
        found: list[tuple[Article, Span]] = []
        for quote in quotes:
            source = next((one for one in sources if one.number == quote.source), None)
            article = articles.get(source.article_id) if source else None
            if source is None or article is None or len(quote.words.split()) < _LEAST_WORDS:
                continue
            place = find_words(article.text, quote.words, source.span)
            span = whole_sentences(article.text, place) if place else None
            if span and (article, span) not in found and is_for_readers(paragraph_around(article.text, span)):
                found.append((article, span))
        return found[:_MOST_QUOTES]

    def _cited_bare(
        self, sentence: str, quotes: Sequence[DraftQuote], sources: Sequence[Source]
    ) -> list[tuple[Article, Span]]:
        """For sources that were named by their numbers alone: the sentence of each that has most of these words."""
        numbers = {quote.source for quote in quotes if not any(map(str.isalnum, quote.words))}
        wanted = set(self._library.terms(sentence))
        found = []
        for source in (one for one in sources if one.number in numbers):
            article = self._library.articles_by_id([source.article_id]).get(source.article_id)
            if article is None:
                continue
            spans = [one.shifted(source.span.start) for one in sentence_spans(source.span.of(article.text))]
            spans = [
                one
                for one in spans
                if len(one) <= MOST_CHARACTERS and is_for_readers(paragraph_around(article.text, one))
            ]
            if spans:
                texts = {one: one.of(article.text) for one in spans}
                found.append((article, max(spans, key=lambda one: len(wanted & set(self._library.terms(texts[one]))))))
        return found[:_MOST_QUOTES]


def _without_end(drafts: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    """The drafts until a model says the same for the third time: small ones do so for ever."""
    told: Counter[str] = Counter()
    for draft in drafts:
        told[draft.text] += 1
        if told[draft.text] > _MOST_REPEATED:
            return
        yield draft


def _words(text: str) -> list[str]:
    return [re.sub(r"[’']s$", "", word) for word in re.findall(r"[\w’']+", text.casefold())]
