"""What the settings configure: a language model, and what has it word answers."""

from __future__ import annotations

from index import Library
from index.settings import Settings

from .generation import LanguageModel, Writer, checked_unfounded

_MOST_SECONDS = 600


def language_model_of(settings: Settings) -> LanguageModel | None:
    """The language model of the settings; None where they name no address.

    Raises:
        ValueError: a setting can't be right; the message names it.
    """
    if not settings.llm_url:
        return None
    for name, value in (("ARTICLES_LLM_WINDOW", settings.llm_window), ("ARTICLES_LLM_SECONDS", settings.llm_seconds)):
        if not value.isdecimal():
            raise ValueError(f"{name} is {value!r}; it must be a whole number")
    if not 1 <= int(settings.llm_seconds) <= _MOST_SECONDS:
        raise ValueError(f"ARTICLES_LLM_SECONDS is {settings.llm_seconds}; it must be 1 to {_MOST_SECONDS}")
    if not settings.llm_model:
        raise ValueError("ARTICLES_LLM_URL is set, but not ARTICLES_LLM_MODEL: the model's name on that server")
    checked_unfounded(settings.llm_unfounded)
    return LanguageModel(settings.llm_url, settings.llm_model, settings.llm_key, int(settings.llm_window))


def writer_of(library: Library, settings: Settings) -> Writer | None:
    """What words answers over a library; None where no language model is configured.

    Raises:
        ValueError: a setting can't be right.
    """
    model = language_model_of(settings)
    if model is None:
        return None
    return Writer(library, model, float(settings.llm_seconds), checked_unfounded(settings.llm_unfounded))
