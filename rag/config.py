"""Create what the settings configure: the language model and the writer that uses it."""

from __future__ import annotations

from index import Library
from index.settings import Settings

from .generation import LanguageModel, Writer


def build_language_model(settings: Settings) -> LanguageModel | None:
    """Create the language model of the settings; None if no server is configured."""
    if not settings.llm_url:
        return None
    return LanguageModel(settings.llm_url, settings.llm_model, settings.llm_key, settings.llm_window)


def build_writer(library: Library, settings: Settings) -> Writer | None:
    """Create the writer of answers over a library; None if no language model is configured."""
    model = build_language_model(settings)
    if model is None:
        return None
    return Writer(library, model, float(settings.llm_seconds), settings.llm_unfounded)
