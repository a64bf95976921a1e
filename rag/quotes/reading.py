"""What the reader found in the best passages: the words of each sentence that may answer a question, and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index import Library, Span

from ..question import NO_FILTERS, ArticleQuestion, FactQuestion, SearchQuery
from ..reading import Reader
from ..retrieval import Ranking

MAX_READ = 3  # best passages that are read; measured in docs/quality.md
_MAX_SPANS = 10  # read in one passage, so that most sentences have one
LEAST_MARGIN, _LARGEST_MARGIN = -10.0, 20.0


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """Words that may answer: offsets in the article, and their margin over "the passage doesn't answer"."""

    span: Span
    margin: float


@dataclass(frozen=True, slots=True)
class Readings:
    """The spans that were read, best first, by passage id."""

    spans: Mapping[int, tuple[ReadSpan, ...]] = field(default_factory=dict)

    def best_in(self, passage_id: int, sentence: Span) -> ReadSpan | None:
        """The best span within a sentence of a passage."""
        spans = self.spans.get(passage_id, ())
        return next((one for one in spans if sentence.start <= one.span.start and one.span.end <= sentence.end), None)


def can_be_read(question: ArticleQuestion) -> bool:
    """Return whether a question is in words that a reader knows: whole, and asked by itself.

    Not those of a follow-up question with what it refers to, or of one side of a comparison.
    """
    if isinstance(question, FactQuestion) and question.compared:
        return False
    return question.filters != NO_FILTERS or _bare(question.text) == _bare(question.query.text)


def _bare(text: str) -> str:
    return text.strip(" ?!.").casefold()


def read_best_passages(library: Library, reader: Reader, query: SearchQuery, ranking: Ranking) -> Readings:
    """Read the question together with each of the best passages, under the headline of its article."""
    passages = [candidate.passage for candidate in ranking.candidates[:MAX_READ]]
    if not passages:
        return Readings()
    headings = library.catalog.headings({passage.article_id for passage in passages})
    titles = [headings.get(passage.article_id) or "" for passage in passages]
    found = reader.read(query.text, [passage.text for passage in passages], titles, _MAX_SPANS)
    spans = {
        passage.id: tuple(
            ReadSpan(
                Span(passage.start + span.start, passage.start + span.end),
                min(max(span.score - reading.not_here, LEAST_MARGIN), _LARGEST_MARGIN),
            )
            for span in reading.spans
        )
        for passage, reading in zip(passages, found, strict=True)
    }
    return Readings(spans)
