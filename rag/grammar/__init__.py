"""The grammar of questions: capitalised names, and the main clause of a question from its dependency parse.

`verb` finds the verb, `clause` its subject and what it belongs to, `noun_clause` a noun of speech and its owner,
`complement` what follows the verb, `tense` whether it asks for something that happened.
"""

from .clause import ClauseParser
from .names import NAME_PATTERN, name_pattern, names_in
from .noun_clause import singular_speech_noun
from .parts import AUXILIARIES, QUESTION_WORDS, Clause
from .tense import verb_of_what_happened

__all__ = [
    "AUXILIARIES",
    "NAME_PATTERN",
    "QUESTION_WORDS",
    "Clause",
    "ClauseParser",
    "name_pattern",
    "names_in",
    "singular_speech_noun",
    "verb_of_what_happened",
]
