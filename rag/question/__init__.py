"""Parse questions: what is asked, about whom or what, restricted to which articles.

`parse_question` resolves references to earlier questions and returns a `Question`, which is all that later steps read.
`split_question` splits a compound question beforehand, and `merge_answers` merges the answers to its parts.
"""

from .answer_type import AnswerType, find_emphasis
from .compound import merge_answers, split_question
from .filters import QuestionFilters
from .follow_up import parse_question
from .knowledge import IndexedKnowledge
from .names import names_in
from .question import Question, normalize_question
from .speakers import SpeakerFinder, SpeakerQuery
from .speech_acts import SpeechAct

__all__ = [
    "AnswerType",
    "IndexedKnowledge",
    "Question",
    "QuestionFilters",
    "SpeakerFinder",
    "SpeakerQuery",
    "SpeechAct",
    "find_emphasis",
    "merge_answers",
    "names_in",
    "normalize_question",
    "parse_question",
    "split_question",
]
