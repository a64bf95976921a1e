"""JSON of requests. Fields that aren't listed are ignored: clients send many."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..api import WhereBody
from ..messages import doors as texts
from .errors import RequestRefused

MAX_MESSAGES = 2_000

TokenId = Annotated[int, Field(ge=0, lt=2**32)]


class Lenient(BaseModel):
    """A part of a request."""

    model_config = ConfigDict(extra="ignore")


class Part(Lenient):
    """A part of a message."""

    type: str = "text"
    text: str | None = None


class Message(Lenient):
    """A message of a conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """All text of the message."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.text)

    def require_text(self) -> str:
        """All text of the message.

        Raises:
            RequestRefused: a part of it isn't text.
        """
        for part in self.content if isinstance(self.content, list) else ():
            if part.type not in ("text", "input_text"):
                raise RequestRefused(texts.unreadable_part(part.type), "messages", code="unsupported_content")
        return self.text


class StreamOptions(Lenient):
    """Options of a streamed answer."""

    include_usage: bool = False


class ChatBody(Lenient):
    """A conversation to continue. The last message is the question."""

    model: str
    messages: list[Message] = Field(min_length=1, max_length=MAX_MESSAGES)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = None
    where: WhereBody | None = None  # ours: answer only from the articles that it selects

    @property
    def includes_usage(self) -> bool:
        """Whether a streamed answer ends with its number of tokens."""
        return self.stream_options is not None and self.stream_options.include_usage


class EmbeddingsBody(Lenient):
    """Texts to embed, as text or as tokens of cl100k_base."""

    model: str
    input: str | list[str] | list[TokenId] | list[list[TokenId]]
    encoding_format: Literal["float", "base64"] | None = None
    dimensions: int | None = None


Json = dict[str, Any]
