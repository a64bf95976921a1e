"""Question in, answer with citations out."""

from .answer import Answer, Citation, Turn
from .assistant import Assistant
from .cite import UncheckedCitation
from .errors import QuestionError

__all__ = ["Answer", "Assistant", "Citation", "QuestionError", "Turn", "UncheckedCitation"]
