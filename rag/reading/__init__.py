"""A small model reads the question together with a passage: which words answer, and how sure is that."""

from .load import load_reader
from .optional import OptionalReader
from .reader import AnswerSpan, Reader, ReaderUnavailable, Reading

__all__ = ["AnswerSpan", "OptionalReader", "Reader", "ReaderUnavailable", "Reading", "load_reader"]
