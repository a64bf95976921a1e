"""An OpenAI-compatible API under /v1, so that chat programs can use the library as a model.

`build_openai` makes the app. Every error has OpenAI's form: `{"error": {"message", "type", "param", "code"}}`.
"""

from .app import build_openai

__all__ = [
    "build_openai",
]
