"""Verify answers: that quotes are exact, and that they support what a language model wrote.

`citations` compares quotes with their articles. `grounding` decides whether quotes support a sentence: `names`,
`known_names`, `numbers` and `dates` check what can be compared exactly, `speakers` the attribution, `contradiction`
(with `negation`) what is negated, `roles` who did what to whom, and `similarity` everything else.
"""

from .citations import check_citations, cite, expected_words, web_address
from .excerpts import Excerpt, cite_excerpts
from .grounding import Grounding
from .known_names import CitedSpans

__all__ = [
    "CitedSpans",
    "Excerpt",
    "Grounding",
    "check_citations",
    "cite",
    "cite_excerpts",
    "expected_words",
    "web_address",
]
