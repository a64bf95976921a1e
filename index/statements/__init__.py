"""Find who said what in a text: statements with their speakers.

`quotations` and `labels` read the layout of a text; `parser` parses its sentences; `sentence/` finds source, cue and
content and the mentions in the dependencies of a sentence; `entities`, `relations` and `coreference` resolve the
sources;
`utterances` groups sentences, and `statements` combines everything. `worker` runs it in a separate process.
"""

from .parser import Parser
from .relations import Relation, nouns_meant_by, relation_of
from .statements import find_statements
from .worker import STATEMENT_WORKER

__all__ = [
    "STATEMENT_WORKER",
    "Parser",
    "Relation",
    "find_statements",
    "nouns_meant_by",
    "relation_of",
]
