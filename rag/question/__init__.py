"""Parse questions, once: what is asked, about whom or what, restricted to which articles.

`QuestionParser` resolves references to earlier questions and returns a `Question`, a type for each kind of question,
which is all that later steps read. It also splits compound questions; `merge_answers` merges the answers to the parts.
"""

from .answer_type import ExpectedAnswer
from .compound import merge_answers
from .filters import NO_FILTERS, QuestionFilters, parse_date
from .parser import QuestionParser
from .question import (
    ArticleQuestion,
    FactQuestion,
    LibraryQuestion,
    OverviewQuestion,
    Question,
    SmallTalk,
    SpeechQuestion,
    normalize_question,
)
from .search_query import SearchQuery
from .speech_acts import SpeechAct

__all__ = [
    "NO_FILTERS",
    "ArticleQuestion",
    "ExpectedAnswer",
    "FactQuestion",
    "LibraryQuestion",
    "OverviewQuestion",
    "Question",
    "QuestionFilters",
    "QuestionParser",
    "SearchQuery",
    "SmallTalk",
    "SpeechAct",
    "SpeechQuestion",
    "merge_answers",
    "normalize_question",
    "parse_date",
]
