"""Answers as server-sent events."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from fastapi.sse import ServerSentEvent

from index import Library, LibraryFailed
from rag import Answer, QuestionError

from ..answer_articles import articles_of
from ..messages import common
from .answer_schemas import AnswerOut
from .schemas import ErrorDetail

_LOG = logging.getLogger(__name__)


def answer_events(library: Library, answers: Iterator[Answer]) -> Iterator[ServerSentEvent]:
    """A `partial` event without hits for each step of an answer, then the complete `answer`; `error` if it fails."""
    try:
        for answer in answers:
            yield ServerSentEvent(event="partial", data=_answer_out(library, answer, with_hits=False))
        yield ServerSentEvent(event="answer", data=_answer_out(library, answer, with_hits=True))
    except QuestionError as error:
        yield ServerSentEvent(event="error", data=ErrorDetail(code="bad_question", message=str(error)))
    except LibraryFailed:
        _LOG.exception("The library failed")
        yield ServerSentEvent(event="error", data=ErrorDetail(code="library_failed", message=common.LIBRARY_FAILED))


def _answer_out(library: Library, answer: Answer, with_hits: bool) -> AnswerOut:
    out = AnswerOut.of(answer, articles_of(library, answer))
    return out if with_hits else out.model_copy(update={"hits": []})
