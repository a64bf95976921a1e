"""Parse the questions of conversations."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from index.statements import Parser

from ..answer import Turn
from ..errors import QuestionError
from ..grammar import ClauseParser
from ..knowledge import LibraryKnowledge
from .collection import parse_small_talk
from .compound import SubQuestion, split_question
from .conversation import Conversation
from .follow_up import parse_follow_up
from .question import LibraryQuestion, Question, SmallTalk, normalize_question
from .speech import parse_speech
from .spelling import correct_frame

_MAX_TURNS = 20  # how far back a question may refer
_MAX_CONVERSATIONS = 256  # states to keep


class QuestionParser:
    """Parses each question once. It keeps the states of recent conversations. Thread-safe."""

    def __init__(self, library: LibraryKnowledge, parser: Parser | None = None) -> None:
        self._library = library
        self._clauses = ClauseParser(parser or Parser.shared())
        self._lock = threading.Lock()
        self._conversations: OrderedDict[tuple[Turn, ...], Conversation] = OrderedDict()

    def parse(self, text: str, history: Sequence[Turn] = ()) -> Question:
        """Parse a question, which may depend on the earlier ones in `history`, oldest first.

        Raises:
            QuestionError: the question is empty or too long, or its pronoun can't be resolved.
        """
        return self._parse(text, self._conversation(tuple(history[-_MAX_TURNS:])))

    def split(self, text: str) -> list[SubQuestion]:
        """Split a compound question into its parts. Returns an empty list for other questions."""
        parts = split_question(text)
        if parts and not parts[0].is_dependent and parse_speech(text.rstrip(" ?!."), self._library, self._clauses):
            return []  # "Compare what Kirby and Putin said": an answer for each of them
        return parts

    def is_small_talk(self, text: str) -> bool:
        """Return whether a text asks nothing about articles: a greeting, thanks, a farewell or a request for help."""
        return self._parse_small_talk(text) is not None

    def _parse_small_talk(self, text: str) -> SmallTalk | None:
        return parse_small_talk(text) or parse_small_talk(correct_frame(text, self._library))

    def _parse(self, text: str, conversation: Conversation) -> Question:
        text = normalize_question(text)
        talk = self._parse_small_talk(text)
        return talk or parse_follow_up(text, conversation, self._library, self._clauses)

    def _conversation(self, turns: tuple[Turn, ...]) -> Conversation:
        """Return the state after some turns, from the longest beginning whose state is known."""
        known, state = 0, Conversation()
        with self._lock:
            for count in range(len(turns), 0, -1):
                if (found := self._conversations.get(turns[:count])) is not None:
                    known, state = count, found
                    break
        for count in range(known, len(turns)):
            state = self._after(state, turns[count])
            with self._lock:
                self._conversations[turns[: count + 1]] = state
                while len(self._conversations) > _MAX_CONVERSATIONS:
                    self._conversations.popitem(last=False)
        return state

    def _after(self, state: Conversation, turn: Turn) -> Conversation:
        for part in self.split(turn.question) or [SubQuestion(turn.question, "", is_dependent=True)]:
            try:
                question = self._parse(part.text, state)
            except QuestionError:
                continue  # it had no answer, so nothing refers to it
            if not isinstance(question, LibraryQuestion | SmallTalk):
                state = state.after(question, turn.answer, self._library)
        return state
