"""Split an article into sentences, and these into passages: the units that are embedded, searched and cited."""

from .passages import PassageSpan, count_tokens, passage_spans
from .sentences import sentence_spans
from .vocabulary import cl100k

__all__ = [
    "PassageSpan",
    "cl100k",
    "count_tokens",
    "passage_spans",
    "sentence_spans",
]
