"""What the tests of answers worded by a language model share."""

from __future__ import annotations

import re

from index import Library
from rag import Answer
from tests.model_server import Model

PATIENCE = 30.0  # seconds that a model may take: the tests are about what comes, on a machine that may be busy
KEY = "sk-a-key-that-nobody-sees"
QUESTION = "How long did the Ever Given block the Suez Canal?"
FACT = "The Ever Given blocked the Suez Canal for six days."
WORDS = "blocking the Suez Canal for six days"
INSTEAD = "These are exact quotes, because the language model "


def check(library: Library, answer: Answer) -> Answer:
    """Every citation is exact, and every marker has one."""
    for citation in answer.citations:
        assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    if answer.mode == "written":
        markers = [int(marker) for marker in re.findall(r"\[(\d+)\]", answer.text)]
        assert set(markers) == {citation.marker for citation in answer.citations}
    return answer


def source_with(model: Model, words: str) -> int:
    """The number under which the model was given these words."""
    return next(int(number) for number, text in re.findall(r'"source": (\d+),(.*)', model.prompt()) if words in text)
