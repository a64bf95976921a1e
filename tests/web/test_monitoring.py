"""The log: lines of JSON, and no questions unless a setting asks for them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from rag import Assistant, QuestionError
from web.log_filter import RepetitionFilter
from web.monitoring import JsonFormatter, Monitoring, ObservedAssistant

QUESTION = "What did Kirby say?"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the command writes."""
    stream, logger = io.StringIO(), logging.getLogger("web.monitoring")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RepetitionFilter())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def entries(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_requests_and_answers_are_logged_without_words(assistant: Assistant, log: io.StringIO) -> None:
    monitoring = Monitoring(log_requests="requests")
    observed = ObservedAssistant(monitoring, assistant.library)
    assert observed.ask(QUESTION).citations
    with pytest.raises(QuestionError):
        observed.ask("?")
    for _ in range(50):
        monitoring.request("POST /api/v1/ask", 200, 0.5, "alice")
    answered, refused, *requests = entries(log)
    assert (answered["mode"], answered["outcome"]) == ("quotes", "answered")
    assert refused["outcome"] == "refused"
    assert len(requests) == 50
    assert {"route": "POST /api/v1/ask", "status": 200, "who": "alice", "level": "info"}.items() <= requests[0].items()
    assert "Kirby" not in log.getvalue()


def test_questions_are_logged_if_a_setting_asks_for_it(assistant: Assistant, log: io.StringIO) -> None:
    observed = ObservedAssistant(Monitoring(log_requests="questions"), assistant.library)
    observed.ask(f"{QUESTION}\n100 %s")
    [entry] = entries(log)
    assert entry["question"] == f"{QUESTION}\n100 %s"


def test_nothing_is_logged_by_default(assistant: Assistant, log: io.StringIO) -> None:
    ObservedAssistant(Monitoring(), assistant.library).ask(QUESTION)
    Monitoring().request("POST /api/v1/ask", 200, 0.5, "alice")
    assert log.getvalue() == ""


def test_an_error_is_one_line(log: io.StringIO) -> None:
    try:
        raise ValueError("two\nlines \u202e")
    except ValueError:
        logging.getLogger("web.monitoring").exception("It failed")
    assert len(log.getvalue().splitlines()) == 1
    [entry] = entries(log)
    assert "two\nlines" in str(entry["error"])
    assert "\u202e" not in log.getvalue()
