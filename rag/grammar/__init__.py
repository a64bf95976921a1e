"""The grammar of questions: capitalised names, and the main clause of a question from its dependency parse.

`clause` finds the verb and its subject, `noun_clause` a noun of speech and its owner, `complement` what follows the
verb.
"""

from .clause import parse_clause
from .names import NAME_PATTERN, name_pattern, names_in
from .parts import AUXILIARIES, QUESTION_WORDS, Clause

__all__ = [
    "AUXILIARIES",
    "NAME_PATTERN",
    "QUESTION_WORDS",
    "Clause",
    "name_pattern",
    "names_in",
    "parse_clause",
]
