"""Texts of the interfaces for other programs: the OpenAI-compatible API and the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Iterable

SOURCES = "Sources:"
RELATED = "Related articles, none of which answers the question:"


def unsupported(sentence: str, reason: str) -> str:
    """A sentence of the language model that the articles don't support."""
    return f"Not supported by the articles: {sentence} ({reason})"


# OpenAI-compatible API

NO_QUESTION = "The conversation contains no question: add a message with the role “user”."
LAST_IS_NOT_USER = "The last message must have the role “user”: it is the question."
ONE_CHOICE = "Only one answer is given: n must be 1."
EMPTY_INPUT = "There is nothing to embed: input is empty."
UNKNOWN_TOKENS = "input contains tokens that cl100k_base doesn't have. Send text instead."


def unknown_path(path: str) -> str:
    """The path isn't an endpoint."""
    return f"There is no endpoint {path[:100]}. Available here: /v1/models, /v1/chat/completions, /v1/embeddings."


def unknown_model(name: str, known: Iterable[str]) -> str:
    """The requested model doesn't exist."""
    return f"The model “{name[:100]}” doesn't exist. Available here: {', '.join(known)}."


def no_language_model(name: str) -> str:
    """Written answers aren't available."""
    return f"“{name}” needs a language model, and none is configured (ARTICLES_LLM_URL)."


def unreadable_part(kind: str) -> str:
    """The question contains an image, a file or the like."""
    return f"The question contains a part of the type “{kind[:50]}”. Only text can be read."


def too_many_inputs(count: int, limit: int) -> str:
    """Too many texts are to be embedded at once."""
    return f"input contains {count:,} texts; at most {limit:,} can be embedded at once."


def input_too_long(tokens: int, limit: int) -> str:
    """A text is longer than the embedding model reads."""
    return f"A text of input has {tokens:,} tokens; the model reads at most {limit:,}. Split it."


def wrong_dimensions(asked: int, dim: int) -> str:
    """The vectors can't be shortened."""
    return f"dimensions is {asked:,}; the vectors of this model have {dim:,}."


def question_about(speaker: str) -> str:
    """A question that could be asked next."""
    return f"What did {speaker} say?"
