"""The assistant: the one door to questions and answers."""

from __future__ import annotations

from collections.abc import Sequence

from index import Hit, Library, Span, Statement

from .answer import Answer, Citation, Turn
from .cite import checked, cite
from .extract import find_quotes, support
from .question import Question, understand
from .question import checked as checked_question
from .retrieve import Ranking, rank
from .speech import matching_speakers, related, statements_of
from .wording import ABSTAINED, EMPTY_LIBRARY, word_quotes, word_statements

MAX_HITS = 100
_SHOWN = 10  # hits that come with an answer
_MAX_STATEMENTS = 12
_THRESHOLD = 0.5  # confidence from which there is an answer


class Assistant:
    """Answers questions over a library with exact quotes, or says that the articles don't tell."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The passages that fit a query best, best first, at most `k` (1 to 100).

        Raises:
            QuestionError: the query is empty, too long or holds no word.
            ValueError: `k` is out of range.
        """
        if not 1 <= k <= MAX_HITS:
            raise ValueError(f"k is {k}; it must be between 1 and {MAX_HITS}")
        return _hits(rank(self.library, checked_question(query)), k)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question; `history` holds the earlier turns of the conversation, oldest first.

        Raises:
            QuestionError: the question is empty, too long or holds no word.
        """
        understood = understand(question, history)
        if not len(self.library):
            return Answer(understood.text, EMPTY_LIBRARY, abstained=True)
        ranking = rank(self.library, understood.query)
        if understood.kind == "statements":
            answer = self._tell(understood, ranking)
        else:
            answer = self._explain(understood, ranking)
        return checked(self.library, answer)

    def statements(self, speaker: str | None = None, about: str | None = None) -> list[Statement]:
        """What a speaker (or anybody) said: in the order of articles and text, or the nearest to a topic first.

        Raises:
            QuestionError: `speaker` or `about` is empty, too long or holds no word.
        """
        topic = checked_question(about) if about is not None else None
        if speaker is not None:
            return statements_of(self.library, checked_question(speaker), topic)
        if topic is None:
            return self.library.statements()
        near = rank(self.library, topic, pool=MAX_HITS).candidates
        article_ids = dict.fromkeys(candidate.passage.article_id for candidate in near)
        statements = [s for article_id in article_ids for s in self.library.statements(article_id=article_id)]
        return related(self.library, statements, topic)

    def _tell(self, question: Question, ranking: Ranking) -> Answer:
        """Answer with what a speaker said."""
        speaker = question.speaker or ""
        statements = statements_of(self.library, speaker, question.about)
        if statements:
            return self._cited_statements(question, ranking, statements)
        if not question.must_speak or question.about:
            return self._explain(question, ranking)
        is_speaker = bool(matching_speakers(speaker, self.library.speakers()))
        return _abstained(question, ranking, None if is_speaker else f"They report no statement by {speaker}.")

    def _explain(self, question: Question, ranking: Ranking) -> Answer:
        """Answer with the sentences that fit the question best."""
        if support(self.library, question, ranking).confidence < _THRESHOLD:
            return _abstained(question, ranking)
        quotes = find_quotes(self.library, question, ranking)
        citations = self._citations((q.passage.article_id, q.span, q.passage.id) for q in quotes)
        text = word_quotes(citations, self.library.article)
        return Answer(question.text, text, citations, _hits(ranking), abstained=not citations)

    def _cited_statements(self, question: Question, ranking: Ranking, statements: Sequence[Statement]) -> Answer:
        shown = statements[:_MAX_STATEMENTS]
        spans = ((s.article_id, Span(s.start, s.end), None) for s in shown)
        citations = self._citations(spans)
        text = word_statements(shown, citations, len(statements), self.library.article)
        return Answer(question.text, text, citations, _hits(ranking))

    def _citations(self, spans) -> list[Citation]:  # type: ignore[no-untyped-def]
        citations: list[Citation] = []
        for article_id, span, passage_id in spans:
            if (citation := cite(self.library, len(citations) + 1, article_id, span, passage_id)) is not None:
                citations.append(citation)
        return citations


def _abstained(question: Question, ranking: Ranking, why: str | None = None) -> Answer:
    closest = "The closest passages are listed below." if ranking.candidates else None
    text = " ".join(filter(None, [ABSTAINED, why, closest]))
    return Answer(question.text, text, hits=_hits(ranking), abstained=True)


def _hits(ranking: Ranking, k: int = _SHOWN) -> list[Hit]:
    return [Hit(candidate.passage, candidate.score) for candidate in ranking.candidates[:k]]
