"""Question in, answer with citations out."""

from .answer import Answer, Citation, Mode, Turn, Unsupported, checked_mode
from .assistant import Assistant
from .cite import UncheckedCitation
from .errors import QuestionError
from .generate import DraftQuote, DraftSentence, Generator, GeneratorFailed, Source
from .language_model import LanguageModel
from .support import Caution, checked_caution
from .written import Writer, checked_unfounded

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
