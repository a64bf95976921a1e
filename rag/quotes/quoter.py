"""Answer questions with exact quotes: statements, sentences that answer, articles that mention something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index import Article, ArticleNotFound, Library, Span
from index.text import Report, contain_versions, shingle_overlap, shingles

from ..answer import Answer, Citation
from ..errors import ArticleChanged, require_choice
from ..knowledge import SpeakerFinder
from ..question import (
    ArticleQuestion,
    LibraryQuestion,
    OverviewQuestion,
    Question,
    SmallTalk,
    SpeechAct,
    SpeechQuestion,
)
from ..reading import Reader
from ..retrieval import Ranking, rank_for_question, selected
from ..verification import Excerpt, check_citations, cite_excerpts, expected_words
from .about_library import answer_without_quotes
from .abstention import (
    STATEMENT_CONFIDENCE,
    THRESHOLDS,
    Caution,
    Support,
    lacks_answer,
    measure_support,
    sure_answer,
    with_reading,
)
from .articles import find_lead, find_mentions
from .library_wording import no_article_matches, with_filter
from .quote import Quote
from .reading import can_be_read, read_best_passages
from .sentences import find_quotes
from .speech_answer import SpeechAnswer, answer_speech_question
from .spelling import find_spellings
from .statements import MergedStatement
from .wording import (
    EMPTY_LIBRARY,
    LIBRARY_CHANGED,
    NOT_ANSWERED,
    CitedQuote,
    CitedStatement,
    abstention,
    corrected_spelling,
    format_mentions,
    format_quotes,
    format_statements,
    unmentioned,
)

_MAX_ATTEMPTS = 5  # answers to one question, while articles change
_MAX_HITS = 10  # in an answer
_POOL_OF_HITS = 20  # passages of each kind of search that are ranked if they don't answer
_MAX_MENTIONS = 12  # articles in an answer
_MIN_SHARED = 0.5  # share of a quote's shingles that an article must contain to contain the quote


class Quoter:
    """Answers parsed questions with exact quotes."""

    def __init__(
        self, library: Library, speakers: SpeakerFinder, caution: Caution, load_reader: Callable[[], Reader | None]
    ) -> None:
        """Create a quoter. `load_reader` is called for each question that is read; None: answer without a reader.

        Raises:
            ValueError: `caution` has another value.
        """
        self._library = library
        self._speakers = speakers
        self._load_reader = load_reader
        require_choice("caution", caution, tuple(THRESHOLDS))
        self._caution = caution

    def answer(self, question: Question, max_quotes: int | None = None) -> Answer:
        """Answer a question, or abstain if the articles don't support an answer. All citations are checked.

        Args:
            question: the parsed question.
            max_quotes: the maximum number of quotes in an answer to a factual question.
        """
        if isinstance(question, SmallTalk):
            return answer_without_quotes(self._library, question)
        where = question.filters.where
        if where and len(self._library) and not self._library.catalog.count(self._library.select(where)):
            return Answer(question.text, no_article_matches(where.describe()), abstained=True)
        if isinstance(question, LibraryQuestion):
            return answer_without_quotes(self._library, question)
        if not len(self._library):
            return Answer(question.text, EMPTY_LIBRARY, abstained=True)
        for _ in range(_MAX_ATTEMPTS):
            try:
                return check_citations(self._library, self._answer(question, max_quotes))
            except (ArticleNotFound, ArticleChanged):
                continue  # the next attempt uses the current articles
        hits = rank_for_question(self._library, question).hits(_MAX_HITS)
        return Answer(question.text, LIBRARY_CHANGED, hits=hits, abstained=True)

    def _answer(self, question: ArticleQuestion, max_quotes: int | None) -> Answer:
        if isinstance(question, SpeechQuestion):
            return self._answer_with_statements(question)
        ranking = rank_for_question(self._library, question)
        if isinstance(question, OverviewQuestion) and question.kind == "mentions":
            return self._answer_with_mentions(question, ranking)
        return self._answer_with_sentences(question, ranking, max_quotes=max_quotes)

    def _answer_with_statements(self, question: SpeechQuestion) -> Answer:
        """Answer with what speakers said, else with other sentences if these may answer too."""
        found = answer_speech_question(self._library, self._speakers, question)
        if found.statements:
            return self._show_statements(question, found)
        if not self._may_be_told_otherwise(question):
            return _abstain(question, self._rank_hits(question), found.no_answer_reason)
        ranking = rank_for_question(self._library, question)
        if not question.speakers:
            act = question.speech_act
            return self._answer_with_sentences(question, ranking, speech_act=None if act and act.is_loose else act)
        if question.may_be_deed:
            return self._answer_with_sentences(question, ranking.mentioning(self._library, question.speakers))
        return self._answer_with_sentences(question, ranking, named=question.speakers[0])

    def _may_be_told_otherwise(self, question: SpeechQuestion) -> bool:
        """Return whether sentences other than statements may answer a question about speech."""
        if question.quotation or not question.speakers or question.may_be_deed:
            return not question.quotation
        # What an organisation said may also be told as what it did; the treaty in "what does it want" doesn't speak.
        speakers = [speaker for name in question.speakers for speaker in self._speakers.find(name).speakers]
        return not any(one.is_person for one in speakers) and bool(speakers or not question.statements_only)

    def _rank_hits(self, question: SpeechQuestion) -> Ranking:
        """Rank passages that are only shown as hits, which takes fewer candidates than an answer."""
        return rank_for_question(self._library, question, _POOL_OF_HITS)

    def _show_statements(self, question: SpeechQuestion, found: SpeechAnswer) -> Answer:
        cited = cite_excerpts(self._library, map(_statement_excerpt, found.statements))
        further = self._library.catalog.by_id({i for merged, _, _ in cited for i in merged.also_in})
        shown = [
            CitedStatement(
                merged.statement,
                found.display_names.get(merged.statement.speaker, merged.statement.speaker),
                citation,
                article,
                [further[i] for i in merged.also_in if i in further],
            )
            for merged, citation, article in cited
        ]
        text = format_statements(shown, found.total, found.note)
        citations = [citation for _, citation, _ in cited]
        return _cited_answer(question, self._rank_hits(question), text, citations, STATEMENT_CONFIDENCE)

    def _answer_with_sentences(
        self,
        question: ArticleQuestion,
        ranking: Ranking,
        named: str | None = None,
        speech_act: SpeechAct | None = None,
        max_quotes: int | None = None,
    ) -> Answer:
        """Answer with the best sentences; if given, only those that contain a name or a verb of a speech act."""
        support = measure_support(self._library, question, ranking)
        if support.confidence < THRESHOLDS[self._caution]:
            similar = self._similar_speakers(support.misspelt)
            return _abstain(question, ranking, unmentioned(support.unknown or support.misspelt, similar))
        if isinstance(question, OverviewQuestion):
            return self._show_quotes(question, ranking, find_lead(self._library, ranking), support)
        reader = self._load_reader() if can_be_read(question) else None
        readings = read_best_passages(self._library, reader, question.query, ranking) if reader else None
        quotes = find_quotes(self._library, question, ranking, readings, named)[:max_quotes]
        if speech_act is not None:
            quotes = [quote for quote in quotes if speech_act.is_reported_in(self._library, quote.text)]
        if readings and quotes:
            support = with_reading(support, quotes[0])
            if lacks_answer(question, quotes, support, self._caution):
                return _abstain(question, ranking, NOT_ANSWERED, support.confidence)
        return self._show_quotes(question, ranking, quotes, support, is_read=readings is not None)

    def _show_quotes(
        self,
        question: ArticleQuestion,
        ranking: Ranking,
        quotes: Sequence[Quote],
        support: Support,
        is_read: bool = False,
    ) -> Answer:
        answer = sure_answer(question, quotes[0], support) if is_read and quotes else None

        def emphasise(quote: Quote, span: Span) -> tuple[Span, ...]:
            if not is_read:  # what looks like the answer, in any quote
                return expected_words(question.query.expected, quote.passage.words(span), span.start)
            return (answer,) if answer and quote is quotes[0] and span == quote.span else ()

        excerpts = [
            Excerpt(
                (quote, span),
                quote.passage.article_id,
                span,
                quote.passage.words(span),
                quote.passage.id,
                emphasise(quote, span),
            )
            for quote in quotes
            for span in (quote.span, quote.context)
            if span
        ]
        cited = cite_excerpts(self._library, excerpts)
        also_in = {candidate.passage.id: candidate.also_in for candidate in ranking.candidates}
        contexts = {id(quote): citation for (quote, span), citation, _ in cited if span == quote.context}
        shown = [
            CitedQuote(
                citation,
                article,
                self._containing(ranking, quote, also_in.get(quote.passage.id, ())),
                contexts.get(id(quote)),
                quote.is_earlier,
            )
            for (quote, span), citation, article in cited
            if span == quote.span
        ]
        texts = (f"{article.title} {quote.passage.text}" for (quote, _), _, article in cited)
        note = corrected_spelling(support.misspelt, find_spellings(support.misspelt, texts))
        citations = [citation for _, citation, _ in cited]
        cited_answer = _cited_answer(question, ranking, format_quotes(shown, note), citations, support.confidence)
        return replace(cited_answer, short_answer=_emphasised(citations[0]) if answer and citations else None)

    def _answer_with_mentions(self, question: OverviewQuestion, ranking: Ranking) -> Answer:
        """List the articles that mention something, each with the first sentence that does."""
        mentions = find_mentions(self._library, question.query.text, selected(self._library, question))
        excerpts = [Excerpt(q, q.passage.article_id, q.span, q.text, q.passage.id) for q in mentions[:_MAX_MENTIONS]]
        cited = cite_excerpts(self._library, excerpts)
        text = format_mentions([CitedQuote(citation, article) for _, citation, article in cited], len(mentions))
        return _cited_answer(question, ranking, text, [citation for _, citation, _ in cited], 1.0)

    def _similar_speakers(self, misspelt: Sequence[str]) -> list[str]:
        """The speakers whose names are similar to misspelt ones."""
        queries = [self._speakers.find(name) for name in misspelt]
        return [
            name
            for query in queries
            for name in ([speaker.name for speaker in query.speakers] if query.corrected_name else query.similar_names)
        ]

    def _containing(self, ranking: Ranking, quote: Quote, article_ids: Iterable[int]) -> list[Article]:
        """Those of these articles that contain most of a quote, and no other version of it."""
        words = shingles(quote.text)
        sentences = ranking.reports_of(quote.passage, quote.span)
        return [
            article
            for article in self._library.catalog.by_id(article_ids).values()
            if shingle_overlap(words, shingles(article.text)) >= _MIN_SHARED
            and not contain_versions(sentences, self._sentences(ranking, article))
        ]

    def _sentences(self, ranking: Ranking, article: Article) -> list[Report]:
        passages = self._library.passages.of_article(article.id)
        return [report for passage in passages for report in ranking.reports_of(passage)]


def _statement_excerpt(merged: MergedStatement) -> Excerpt[MergedStatement]:
    statement = merged.statement
    return Excerpt(merged, statement.article_id, Span(statement.start, statement.end), statement.text)


def _cited_answer(
    question: ArticleQuestion, ranking: Ranking, text: str, citations: list[Citation], confidence: float
) -> Answer:
    if not citations:
        return _abstain(question, ranking)
    return Answer(question.text, text, citations, ranking.hits(_MAX_HITS), confidence=confidence)


def _abstain(question: ArticleQuestion, ranking: Ranking, reason: str = "", confidence: float = 0.0) -> Answer:
    hits = ranking.hits(_MAX_HITS)
    text = with_filter(abstention(reason), question.filters.describe())
    return Answer(question.text, text, hits=hits, abstained=True, confidence=confidence)


def _emphasised(citation: Citation) -> str | None:
    """The emphasised words of a quote."""
    words = [span.shifted(-citation.start).of(citation.quote) for span in citation.emphasis]
    return words[0] if words else None
