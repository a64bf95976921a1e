"""What parsing questions needs to know: the speakers and words of a library, and what words and questions mean."""

from .library import FilterContext, IndexedKnowledge, LibraryKnowledge
from .senses import QuestionKind, Senses, words_of_kind
from .speakers import SpeakerFinder, SpeakerQuery

__all__ = [
    "FilterContext",
    "IndexedKnowledge",
    "LibraryKnowledge",
    "QuestionKind",
    "Senses",
    "SpeakerFinder",
    "SpeakerQuery",
    "words_of_kind",
]
