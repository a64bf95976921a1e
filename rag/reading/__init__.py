"""A small model reads the question together with a passage: which words answer, and how sure is that."""

from .load import load_reader
from .reader import AnswerSpan, Reader, ReaderUnavailable, Reading

__all__ = ["AnswerSpan", "Reader", "ReaderUnavailable", "Reading", "load_reader"]
