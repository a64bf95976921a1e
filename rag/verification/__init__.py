"""Whether quotes support a sentence: what a language model wrote is shown only where they do.

`numbers`, `names` and `days` compare what can be compared exactly, `speech` who said it, `polarity` what is denied,
`roles` who did what to whom, `nearness` the rest; `judge` puts it together.
"""

from .citations import MOST_CHARACTERS, ArticleChanged, UncheckedCitation, checked, cite, find_words, whole_sentences
from .grounding import Cited, Grounding

__all__ = [
    "MOST_CHARACTERS",
    "ArticleChanged",
    "Cited",
    "Grounding",
    "UncheckedCitation",
    "checked",
    "cite",
    "find_words",
    "whole_sentences",
]
