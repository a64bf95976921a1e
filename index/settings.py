"""What can be set from outside. Only entry points read the environment; all else is handed what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .embedding import BUNDLED


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings with their defaults; each can be set as an environment variable named `ARTICLES_…`."""

    library: str = "library"  # directory of the library
    embedder: str = BUNDLED  # sentence-transformers name or folder of the model that makes the vectors
    caution: str = "balanced"  # how sure an answer has to be: cautious, balanced or eager
    host: str = "127.0.0.1"  # address on which the app listens; another one needs a token
    port: str = "7860"
    update_minutes: str = "60"  # how often the app looks for what is new in the feeds that are followed; 0: never
    token: str = field(default="", repr=False)  # with one, every request and the page need it
    llm_url: str = ""  # where an OpenAI-compatible server is; without one there are only exact quotes
    llm_model: str = ""  # the name of its model
    llm_key: str = field(default="", repr=False)  # what it wants to see; never shown or logged
    llm_window: str = "8192"  # tokens that the model reads and writes in all
    llm_seconds: str = "30"  # how long a written answer may take
    llm_unfounded: str = "remove"  # what becomes of sentences that the articles don't support: remove or strike

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Settings as the environment has them; what is unset or empty keeps its default."""
        names = cls.__dataclass_fields__
        given = {name: environment.get(f"ARTICLES_{name.upper()}", "").strip() for name in names}
        return cls(**{name: value for name, value in given.items() if value})
