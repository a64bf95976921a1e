"""What the tests of written answers share."""

from __future__ import annotations

import re

from index import Library
from rag import Answer
from tests.model_server import Model

PATIENCE = 30.0  # time limit for the model in seconds; generous, since the machine may be busy
KEY = "sk-a-key-that-nobody-sees"
QUESTION = "How long did the Ever Given block the Suez Canal?"
FACT = "The Ever Given blocked the Suez Canal for six days."
WORDS = "blocking the Suez Canal for six days"
INSTEAD = "Showing exact quotes instead."  # the end of the line that explains why there is no written answer


def check(library: Library, answer: Answer) -> Answer:
    """Assert that every citation is exact, and that every marker has one."""
    for citation in answer.citations:
        assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    if answer.mode == "written":
        markers = [int(marker) for marker in re.findall(r"\[(\d+)\]", answer.text)]
        assert set(markers) == {citation.marker for citation in answer.citations}
    return answer


def source_with(model: Model, words: str) -> int:
    """Return the number of the source with these words in the model's prompt."""
    return next(int(number) for number, text in re.findall(r'"source": (\d+),(.*)', model.prompt()) if words in text)
