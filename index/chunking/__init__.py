"""TODO."""

from .passages import PassageSpan, count_tokens, passage_spans
from .sentences import sentence_spans

__all__ = [
    "PassageSpan",
    "count_tokens",
    "passage_spans",
    "sentence_spans",
]
