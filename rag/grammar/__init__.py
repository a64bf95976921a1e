"""The grammar of questions: the main clause of a question from its dependency parse.

`clause` finds the verb and its subject, `noun_clause` a noun of speech and its owner, `complement` what follows the
verb.
"""

from .clause import parse_clause
from .parts import AUXILIARIES, QUESTION_WORDS, Clause

__all__ = [
    "AUXILIARIES",
    "QUESTION_WORDS",
    "Clause",
    "parse_clause",
]
