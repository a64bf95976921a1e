"""What a user can get wrong when asking.

QuestionError       the question: empty, too long, or without words
"""

from __future__ import annotations


class QuestionError(ValueError):
    """The question can't be asked as it is; the message says why and what to do."""
