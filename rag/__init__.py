"""Question in, answer with citations out."""

from .answer import Answer, Citation, Turn
from .assistant import Assistant
from .cite import UncheckedCitation
from .errors import QuestionError
from .support import Caution, checked_caution

__all__ = [
    "Answer",
    "Assistant",
    "Caution",
    "Citation",
    "QuestionError",
    "Turn",
    "UncheckedCitation",
    "checked_caution",
]
