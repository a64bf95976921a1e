"""Answers as plain text with a list of their sources, for chat programs, language models and terminals."""

from .answers import answer_text, sources_text
from .markdown import inert
from .sources import article_line, place_of

__all__ = [
    "answer_text",
    "article_line",
    "inert",
    "place_of",
    "sources_text",
]
