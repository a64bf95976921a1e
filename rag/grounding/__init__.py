"""Whether quotes support a sentence: what a language model wrote is shown only where they do.

`numbers`, `names` and `days` compare what can be compared exactly, `speech` who said it, `polarity` what is denied,
`roles` who did what to whom, `nearness` the rest; `judge` puts it together.
"""

from .judge import Cited, Grounding, Verdict

__all__ = ["Cited", "Grounding", "Verdict"]
