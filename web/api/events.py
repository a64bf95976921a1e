"""Answers as server-sent events."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from fastapi.sse import ServerSentEvent

from index import Library, LibraryFailed
from rag import Answer, QuestionError

from .answer_schemas import AnswerOut
from .schemas import LIBRARY_FAILED, ErrorDetail, articles_of

_LOG = logging.getLogger(__name__)


def events(library: Library, answers: Iterator[Answer]) -> Iterator[ServerSentEvent]:
    """A `partial` event without hits for each step of an answer, then all of it as `answer`; `error` if it fails."""
    try:
        for answer in answers:
            yield ServerSentEvent(event="partial", data=_out(library, answer, with_hits=False))
        yield ServerSentEvent(event="answer", data=_out(library, answer, with_hits=True))
    except QuestionError as error:
        yield ServerSentEvent(event="error", data=ErrorDetail(code="bad_question", message=str(error)))
    except LibraryFailed:
        _LOG.exception("the library failed")
        yield ServerSentEvent(event="error", data=ErrorDetail(code="library_failed", message=LIBRARY_FAILED))


def _out(library: Library, answer: Answer, with_hits: bool) -> AnswerOut:
    out = AnswerOut.of(answer, articles_of(library, answer))
    return out if with_hits else out.model_copy(update={"hits": []})
