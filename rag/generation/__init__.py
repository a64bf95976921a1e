"""TODO."""

from .generator import DraftQuote, DraftSentence, Generator, GeneratorFailed, Source
from .openai_client import LanguageModel
from .writer import Writer, checked_unfounded

__all__ = [
    "DraftQuote",
    "DraftSentence",
    "Generator",
    "GeneratorFailed",
    "LanguageModel",
    "Source",
    "Writer",
    "checked_unfounded",
]
