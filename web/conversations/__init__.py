"""Conversations kept on this machine: their questions and answers in a file of their own, answered by the server.

An answer is written whether or not anybody looks on: the page may be closed, reloaded or open twice.
"""

from .answering import Answering, LiveAnswer, QueueFull
from .records import WHERE_JSON, Conversation, ConversationNotFound, Exchange, RemovedArticle, State, StoredAnswer
from .store import CONVERSATIONS_FILE, Conversations
from .suggestions import Suggestions

__all__ = [
    "CONVERSATIONS_FILE",
    "WHERE_JSON",
    "Answering",
    "Conversation",
    "ConversationNotFound",
    "Conversations",
    "Exchange",
    "LiveAnswer",
    "QueueFull",
    "RemovedArticle",
    "State",
    "StoredAnswer",
    "Suggestions",
]
