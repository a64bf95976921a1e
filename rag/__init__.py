"""Answer questions about a library of articles with exact quotes and citations."""

from .answer import Answer, Citation, Mode, Turn, Unsupported
from .assistant import Assistant
from .counts import Count, Counts
from .errors import AnswerError, GeneratorFailed, QuestionError, UncheckedCitation
from .generation import DraftQuote, DraftSentence, Generator, LanguageModel, Source, Writer
from .quotes import Caution
from .reading import OptionalReader

__all__ = [
    "Answer",
    "AnswerError",
    "Assistant",
    "Caution",
    "Citation",
    "Count",
    "Counts",
    "DraftQuote",
    "DraftSentence",
    "Generator",
    "GeneratorFailed",
    "LanguageModel",
    "Mode",
    "OptionalReader",
    "QuestionError",
    "Source",
    "Turn",
    "UncheckedCitation",
    "Unsupported",
    "Writer",
]
