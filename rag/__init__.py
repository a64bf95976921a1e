"""Question in, answer with citations out."""

from .answer import Answer, Citation, Mode, Turn, Unsupported, checked_mode
from .assistant import Assistant
from .errors import QuestionError
from .generation import (
    DraftQuote,
    DraftSentence,
    Generator,
    GeneratorFailed,
    LanguageModel,
    Source,
    Writer,
    checked_unfounded,
)
from .quotes import Caution, checked_caution
from .verification import UncheckedCitation

__all__ = [
    "Answer",
    "Assistant",
    "Caution",
    "Citation",
    "DraftQuote",
    "DraftSentence",
    "Generator",
    "GeneratorFailed",
    "LanguageModel",
    "Mode",
    "QuestionError",
    "Source",
    "Turn",
    "UncheckedCitation",
    "Unsupported",
    "Writer",
    "checked_caution",
    "checked_mode",
    "checked_unfounded",
]
