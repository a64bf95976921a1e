"""Generate answers with a language model, and keep the sentences that the articles support.

`writer` is the entry point. `sources` and `prompt` prepare what the model reads, `openai_client` queries it,
`draft_parser` parses its output, and `quote_finder` locates the quotes in it. `injection` filters what the model reads,
`sanitize` what it writes.
"""

from .generator import DraftQuote, DraftSentence, Generator, Source
from .openai_client import LanguageModel
from .writer import Writer

__all__ = [
    "DraftQuote",
    "DraftSentence",
    "Generator",
    "LanguageModel",
    "Source",
    "Writer",
]
