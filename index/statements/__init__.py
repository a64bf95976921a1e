"""Who said what in a text: from quotation marks and parsed sentences to statements with their speakers.

`quotations` and `labels` read the layout, `parser` and `attributions` the grammar, `mentions` and `people` tell who is
who, and `statements` puts it together.
"""

from .parser import Parser
from .statements import find_statements
from .worker import STATEMENT_WORKER

__all__ = [
    "STATEMENT_WORKER",
    "Parser",
    "find_statements",
]
