"""Write answers with a language model, and keep only the sentences that the articles support."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from index import Article, Library, Span

from ..answer import Answer, Citation, Turn, Unsupported
from ..errors import GeneratorFailed, require_choice
from ..grammar import names_in
from ..question import ExpectedAnswer
from ..quotes import FallbackReason, left_out_note, quotes_instead
from ..verification import CitedSpans, Grounding, cite, expected_words
from .generator import TIMED_OUT, DraftSentence, Generator, Source
from .prompt import select_fitting
from .quote_finder import choose_sentences, locate_quotes
from .sanitize import find_defect, mask_markup, plain_sentences
from .sources import collect_sources

UnsupportedHandling = Literal["remove", "strike"]

_MAX_SENTENCES = 8  # in an answer
_MAX_REPETITIONS = 2  # of a sentence
_REWRITE_SHARE = 0.3  # of the time limit, for rewriting a follow-up question
_MAX_QUESTION_CHARACTERS = 400


@dataclass(slots=True)
class _PartialAnswer:
    """A written answer while it grows: sentences with their markers, the citations, and the rejected sentences."""

    sentences: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    rejected: list[Unsupported] = field(default_factory=list)

    def add(self, sentence: str, cited: CitedSpans, query: str) -> None:
        """Add a supported sentence; a quote that was cited before keeps its marker."""
        markers = [self._marker(article, span, query) for article, span in cited]
        self.sentences.append(f"{sentence} {''.join(f'[{marker}]' for marker in dict.fromkeys(markers))}")

    def _marker(self, article: Article, span: Span, query: str) -> int:
        for known in self.citations:
            if (known.article_id, known.start, known.end) == (article.id, span.start, span.end):
                return known.marker
        words = span.of(article.text)
        emphasis = expected_words(ExpectedAnswer.of(query), words, span.start)
        citation = cite(article, len(self.citations) + 1, span, words, emphasis=emphasis)
        if citation is None:
            raise ValueError(f"A blank span can't support a sentence: {span}")
        self.citations.append(citation)
        return citation.marker

    def contains(self, sentence: str) -> bool:
        """Return whether a sentence was already added or rejected."""
        return any(known.startswith(f"{sentence} [") for known in self.sentences) or any(
            sentence == known.text for known in self.rejected
        )


class Writer:
    """Writes answers with a language model, limited to what the articles support."""

    def __init__(
        self, library: Library, generator: Generator, seconds: float = 30.0, unfounded: UnsupportedHandling = "remove"
    ) -> None:
        """Create a writer.

        Args:
            library: the articles.
            generator: the language model.
            seconds: the time limit for a written answer.
            unfounded: how to handle unsupported sentences: "remove" them, or return them in `Answer.unsupported`, to
                be shown struck through ("strike").

        Raises:
            ValueError: `unfounded` is neither of the two.
        """
        require_choice("unfounded", unfounded, get_args(UnsupportedHandling))
        self._library = library
        self._generator = generator
        self._grounding = Grounding(library)
        self._seconds = seconds
        self._returns_rejected = unfounded == "strike"

    @property
    def model(self) -> str:
        """The name of the language model."""
        return self._generator.name

    def prepare(self) -> None:
        """Load the models that verify sentences, so that the first answer doesn't wait for them."""
        self._grounding.prepare()

    def deadline(self) -> float:
        """Return when an answer that starts now must be complete, on the clock `time.monotonic`."""
        return time.monotonic() + self._seconds

    def rewrite(self, question: str, history: Sequence[Turn], deadline: float) -> str:
        """Rewrite a follow-up question as a standalone question; an empty string if the result is unusable.

        Raises:
            GeneratorFailed: the language model gave no answer.
        """
        deadline = min(deadline, time.monotonic() + _REWRITE_SHARE * self._seconds)
        rewritten = self._generator.rewrite(question, history, deadline).strip("\"“”' \n")
        return rewritten if rewritten != question and _is_faithful(rewritten, question, history) else ""

    def write(self, query: str, quoted: Answer, deadline: float) -> Iterator[Answer]:
        """Yield a written answer as it grows, the complete one last; unsupported sentences aren't in it.

        Args:
            query: the question as a standalone question.
            quoted: the answer in exact quotes, which is used if no supported sentence is written.
            deadline: the time by which the answer must be complete, on the clock `time.monotonic`.
        """
        sources = collect_sources(self._library, quoted)
        fitting = select_fitting(query, sources, self._generator.window)
        if not fitting:
            reason = FallbackReason.WINDOW_TOO_SMALL if sources else FallbackReason.UNSAFE_SOURCES
            yield quotes_instead(quoted, reason)
            return
        partial = _PartialAnswer()
        try:
            for draft in _without_repetitions(self._generator.draft(query, fitting, deadline)):
                has_grown = self._add_supported(partial, draft, fitting, query, deadline)
                if has_grown or (partial.sentences and self._returns_rejected):
                    yield self._answer(quoted, partial)
                if len(partial.sentences) >= _MAX_SENTENCES:
                    break
        except GeneratorFailed as error:
            yield quotes_instead(quoted, str(error))
            return
        if partial.sentences:
            yield self._answer(quoted, partial, left_out=len(sources) - len(fitting))
        else:
            reason = FallbackReason.UNSUPPORTED if partial.rejected else FallbackReason.NO_ANSWER
            yield replace(quotes_instead(quoted, reason), unsupported=self._unsupported(partial))

    def _answer(self, quoted: Answer, partial: _PartialAnswer, left_out: int = 0) -> Answer:
        text = " ".join(partial.sentences)
        if left_out:
            text += f"\n\n{left_out_note(left_out)}"
        citations = list(partial.citations)
        return replace(
            quoted,
            text=text,
            citations=citations,
            mode="written",
            short_answer=None,
            unsupported=self._unsupported(partial),
        )

    def _unsupported(self, partial: _PartialAnswer) -> list[Unsupported]:
        return list(partial.rejected) if self._returns_rejected else []

    def _add_supported(
        self, partial: _PartialAnswer, draft: DraftSentence, sources: Sequence[Source], query: str, deadline: float
    ) -> bool:
        """Add the supported sentences of a draft, and return whether there are any.

        Raises:
            GeneratorFailed: the deadline has passed; a draft may consist of any number of sentences.
        """
        cited = locate_quotes(self._library, draft.quotes, sources)
        has_grown = False
        for sentence in plain_sentences(draft.text):
            if partial.contains(sentence):
                continue
            if time.monotonic() > deadline:
                raise GeneratorFailed(TIMED_OUT)
            if defect := find_defect(sentence):
                partial.rejected.append(Unsupported(mask_markup(sentence), defect))
                continue
            support = cited or choose_sentences(self._library, sentence, draft.quotes, sources)
            verdict = self._grounding.judge(sentence, support)
            if verdict.is_supported:
                partial.add(sentence, support, query)
                has_grown = True
            else:
                partial.rejected.append(Unsupported(sentence, verdict.reason))
        return has_grown


def _is_faithful(rewritten: str, question: str, history: Sequence[Turn]) -> bool:
    """Return whether a rewritten question is plausible: it adds no names or numbers, and keeps the question's names."""
    conversation = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
    return (
        0 < len(rewritten) <= _MAX_QUESTION_CHARACTERS
        and rewritten.endswith("?")
        and "\n" not in rewritten
        and not find_defect(rewritten)
        and set(_words(" ".join(names_in(rewritten)))) <= set(_words(conversation))
        and set(re.findall(r"\d+", rewritten)) <= set(re.findall(r"\d+", conversation))
        and set(_words(" ".join(names_in(question)))) <= set(_words(rewritten))
    )


def _without_repetitions(drafts: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    """Yield drafts until a sentence occurs for the third time: small models may repeat themselves endlessly."""
    counts: Counter[str] = Counter()
    for draft in drafts:
        counts[draft.text] += 1
        if counts[draft.text] > _MAX_REPETITIONS:
            return
        yield draft


def _words(text: str) -> list[str]:
    return [re.sub(r"[’']s$", "", word) for word in re.findall(r"[\w’']+", text.casefold())]
