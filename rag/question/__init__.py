"""TODO."""

from .answer_type import AnswerType, answer_spans, answer_type_of, emphasis_in, expects_list
from .compound import joined, parts_of
from .filters import NO_FILTERS, QuestionFilters
from .follow_up import understand
from .question import MOST, Question, checked, names_in
from .speakers import SpeakerFinder, SpeakerQuery
from .speech_acts import SpeechAct, matches_speech_act, stems

__all__ = [
    "MOST",
    "NO_FILTERS",
    "AnswerType",
    "Question",
    "QuestionFilters",
    "SpeakerFinder",
    "SpeakerQuery",
    "SpeechAct",
    "answer_spans",
    "answer_type_of",
    "checked",
    "emphasis_in",
    "expects_list",
    "joined",
    "matches_speech_act",
    "names_in",
    "parts_of",
    "stems",
    "understand",
]
