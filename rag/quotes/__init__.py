"""Answer questions with exact quotes, or abstain.

`abstention` decides whether the articles support an answer, `statements` and `speech_answer` select what speakers said,
`sentences` and `quote` select other sentences, `articles` answers about whole articles, and `wording` has all texts.
"""

from .abstention import Caution
from .quoter import Quoter
from .statements import find_statements
from .wording import LIBRARY_CHANGED, FallbackReason, left_out_note, quoted, quotes_instead

__all__ = [
    "LIBRARY_CHANGED",
    "Caution",
    "FallbackReason",
    "Quoter",
    "find_statements",
    "left_out_note",
    "quoted",
    "quotes_instead",
]
