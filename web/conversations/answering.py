"""Answers the questions of conversations in threads of the server, whoever looks on."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from index import Library, LibraryFailed
from rag import Answer, Assistant, Mode, QuestionError

from ..answer_articles import articles_of
from ..messages import ask as texts
from ..messages import common
from ..state import StateFailed
from .records import ConversationNotFound, Exchange, State, StoredAnswer
from .store import Conversations

_LOG = logging.getLogger(__name__)
MAX_AT_ONCE = 4
MAX_WAITING = 64  # questions of all conversations


class QueueFull(Exception):
    """Too many questions wait for an answer."""


@dataclass(frozen=True)
class Step:
    """How far an answer is.

    Attributes:
        state: "waiting" until it has ended.
        answer: as far as it is written.
        reason: what it waits for, or why it failed; plain text.
    """

    state: State
    answer: StoredAnswer | None = None
    reason: str = ""


class LiveAnswer:
    """An answer that is being written, for any number of followers."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.ended = threading.Event()
        self._lock = threading.Lock()
        self._step = Step("waiting")
        self._followers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def publish(self, step: Step) -> bool:
        """Show a step to the followers. False if the answer has ended, so that no step is shown any more."""
        with self._lock:
            if self.ended.is_set():
                return False
            self._step = step
            if step.state != "waiting":
                self.ended.set()
            for loop, news in self._followers:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(news.set)
        return True

    @property
    def step(self) -> Step:
        """The latest step."""
        return self._step

    async def steps(self) -> AsyncGenerator[Step]:
        """The latest step, and the later ones until the end; a slow follower may miss some in between."""
        follower = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._followers.add(follower)
        try:
            while True:
                follower[1].clear()
                step = self._step
                yield step
                if step.state != "waiting":
                    return
                await follower[1].wait()
        finally:
            with self._lock:
                self._followers.discard(follower)


class Answering:
    """Answers the questions of conversations: those of one conversation in turn, `MAX_AT_ONCE` of all at a time."""

    def __init__(
        self,
        library: Library,
        assistant: Assistant,
        conversations: Conversations,
        is_ready: Callable[[], bool],
        wait_until_ready: Callable[[], bool],
    ) -> None:
        """Describe what answers.

        Args:
            library: the library.
            assistant: answers over it.
            conversations: where questions and answers are kept.
            is_ready: whether the models are loaded.
            wait_until_ready: waits until they are (True) or never will be (False).
        """
        self._library = library
        self._assistant = assistant
        self._conversations = conversations
        self._is_ready = is_ready
        self._wait_until_ready = wait_until_ready
        self._lock = threading.Lock()
        self._live: dict[int, LiveAnswer] = {}
        self._slots = threading.Semaphore(MAX_AT_ONCE)

    def ask(
        self, conversation_id: str, question: str, mode: Mode, replaces: int | None = None, where: str = "{}"
    ) -> LiveAnswer:
        """Keep a question and start to answer it.

        Raises:
            ConversationNotFound: there is no such conversation or question to replace.
            QueueFull: too many questions wait.
            StateFailed: the question can't be kept.
        """
        with self._lock:
            if len(self._live) >= MAX_WAITING:
                raise QueueFull
        if replaces is not None:
            self.stop(conversation_id, replaces)
        with self._lock:
            exchange = self._conversations.ask(conversation_id, question, mode, replaces, where)
            before = [live for live in self._live.values() if live.exchange.conversation == conversation_id]
            live = self._live[exchange.id] = LiveAnswer(exchange)
        threading.Thread(target=self._run, args=(live, before), name="answer", daemon=True).start()
        return live

    def live(self, exchange: Exchange) -> LiveAnswer | None:
        """The answer of a question that waits, if it is being written by this process."""
        return self._live.get(exchange.id)

    def stop(self, conversation_id: str, number: int = 1) -> None:
        """End the answers of a conversation, from a question on; what is written of them stays.

        A thread that waits for a language model ends after its next sentence.
        """
        with self._lock:
            found = [live for live in self._live.values() if live.exchange.conversation == conversation_id]
        for live in found:
            if live.exchange.number >= number:
                self._end(live, Step("stopped", live.step.answer))

    def _run(self, live: LiveAnswer, before: list[LiveAnswer]) -> None:
        try:
            for other in before:
                other.ended.wait()
            if not self._is_ready():
                live.publish(Step("waiting", reason=texts.WAITING_FOR_MODELS))
                self._wait_until_ready()  # if it fails, the answer below says why
                live.publish(Step("waiting"))
            with self._slots:
                if not live.ended.is_set():
                    self._answer(live)
        except QuestionError as error:
            self._end(live, Step("failed", reason=str(error)))
        except (LibraryFailed, StateFailed):
            _LOG.exception("The library failed")
            self._end(live, Step("failed", reason=common.LIBRARY_FAILED))
        except Exception:  # noqa: BLE001 whatever it is: the reader must not wait for ever
            _LOG.exception("A question crashed")
            self._end(live, Step("failed", reason=texts.CRASHED))

    def _answer(self, live: LiveAnswer) -> None:
        exchange = live.exchange
        stored = None
        try:
            history = self._conversations.history(exchange)
        except ConversationNotFound:  # deleted meanwhile
            history = []
        for answer in self._assistant.stream(exchange.question, history, exchange.mode, where=exchange.filter()):
            stored = self._stored(answer)
            if not live.publish(Step("waiting", stored)):
                return
        self._end(live, Step("answered", stored))

    def _stored(self, answer: Answer) -> StoredAnswer:
        return StoredAnswer.of(answer, articles_of(self._library, answer))

    def _end(self, live: LiveAnswer, step: Step) -> None:
        """Keep the end of an answer, then show it. The first end counts."""
        try:
            self._conversations.finish(live.exchange.id, step.state, step.answer, step.reason)
        except StateFailed:
            _LOG.exception("An answer can't be kept")
        live.publish(step)
        with self._lock:
            self._live.pop(live.exchange.id, None)
