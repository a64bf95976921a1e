"""Messages to a question and the turns before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag import Turn

from ..messages import doors as texts
from .errors import RequestRefused
from .schemas import Message

_MAX_TURNS = 100  # the latest ones
_BLOCKS = (f"\n\n{texts.SOURCES}\n", f"\n\n{texts.RELATED}\n")  # what follows the answer in our own messages


def question_of(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The question, and the turns before it, oldest first. System messages and results of tools are ignored.

    Raises:
        RequestRefused: the last message isn't the user's, or contains something else than text.
    """
    spoken = [message for message in messages if message.role in ("user", "assistant")]
    if not any(message.role == "user" for message in spoken):
        raise RequestRefused(texts.NO_QUESTION, "messages")
    if spoken[-1].role != "user":
        raise RequestRefused(texts.LAST_IS_NOT_USER, "messages")
    turns: list[Turn] = []
    for message, following in pairwise(spoken):
        if message.role == "user":
            turns.append(Turn(message.text, _without_sources(following.text) if following.role == "assistant" else ""))
    return spoken[-1].require_text(), turns[-_MAX_TURNS:]


def _without_sources(text: str) -> str:
    for block in _BLOCKS:
        text = text.partition(block)[0]
    return text
