"""The errors of `rag`, grouped by who must act.

AnswerError
├── the user
│   └── QuestionError             the question can't be answered as written
│       ├── EmptyQuestion         it contains no words
│       ├── InvalidOperator       the value of an operator of a search can't be used
│       ├── QuestionTooLong       it exceeds the length limit
│       └── UnresolvedPronoun     it isn't clear who a pronoun refers to
├── the operator
│   └── GeneratorFailed           the language model gave no answer; exact quotes are shown instead
├── the caller
│   └── ArticleChanged            an article changed in the meantime; ask again, as `Assistant` does
└── the developers
    └── UncheckedCitation         a citation failed its check, which is a bug

Invalid arguments raise ValueError.
"""

from __future__ import annotations

from collections.abc import Sequence


class AnswerError(Exception):
    """The base class of all errors raised while answering a question."""


class QuestionError(AnswerError, ValueError):
    """The question can't be answered as written; the message says why and what to do."""


class EmptyQuestion(QuestionError):
    """The question contains no words."""

    def __init__(self) -> None:
        super().__init__("Please type a question.")


class InvalidOperator(QuestionError):
    """An operator of a search has a value that can't be used."""


class QuestionTooLong(QuestionError):
    """The question exceeds the length limit."""

    def __init__(self, characters: int, limit: int) -> None:
        super().__init__(f"Your question is too long ({characters:,} of {limit:,} characters). Please shorten it.")


class UnresolvedPronoun(QuestionError):
    """It isn't clear who a pronoun in the question refers to."""

    def __init__(self, pronoun: str) -> None:
        super().__init__(f"It isn't clear who “{pronoun}” refers to. Please use a name.")


class GeneratorFailed(AnswerError):
    """A language model gave no answer. The message is a complete sentence that is shown to the user."""


class ArticleChanged(AnswerError):
    """The text of an article changed while a question was being answered."""

    def __init__(self, article_id: int) -> None:
        super().__init__(f"The text of article {article_id} changed while the question was being answered. Ask again.")


class UncheckedCitation(AnswerError, AssertionError):
    """An answer contains a citation that doesn't match its article or its marker: a bug, whatever the input."""


def require_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Check an argument.

    Raises:
        ValueError: the value isn't one of the choices.
    """
    if value not in choices:
        *others, last = choices
        raise ValueError(f"{name} is {value!r}; it must be {', '.join(others)} or {last}.")
