"""A language model behind any server that speaks OpenAI's protocol: OpenAI, vLLM, Ollama, llama.cpp and others."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pybreaker import CircuitBreaker, CircuitBreakerError

from ..answer import Turn
from .draft_parser import read_drafts
from .generator import DraftSentence, GeneratorFailed, Source
from .prompt import SCHEMA, Messages, answer_messages, answer_tokens, rewrite_messages

if TYPE_CHECKING:
    from openai import OpenAI, Stream
    from openai.types.chat import ChatCompletionChunk

_LOG = logging.getLogger(__name__)

MIN_WINDOW, MAX_WINDOW = 2_048, 2_000_000  # tokens
_LONGEST = 20_000  # characters that a model may write
_MOST_BYTES = 8 * 1024 * 1024  # of a response; a token comes in some two hundred of them
_REWRITE_TOKENS = 120
_FAILURES = 3  # in a row, after which the model isn't asked
_REST_SECONDS = 30.0  # … for so long
_RETRY_PAUSE = 0.2
_TOO_LONG = "took too long"


class LanguageModel:
    """The `Generator` that asks a server. Safe to use from several threads."""

    def __init__(self, url: str, model: str, key: str = "", window: int = 8_192) -> None:
        """Make it; nothing is asked yet.

        Args:
            url: where the protocol begins, as "http://127.0.0.1:8080/v1".
            model: the name by which the server knows the model.
            key: what the server wants to see; it is sent there and nowhere else.
            window: tokens that the model reads and writes in all.

        Raises:
            ValueError: one of them can't be right.
        """
        if not _is_address(url):
            raise ValueError(f"the language model's address is {url!r}; it must begin with http:// or https://")
        if not model.strip():
            raise ValueError(f"the language model at {url} needs a name: what the server calls it")
        if not MIN_WINDOW <= window <= MAX_WINDOW:
            raise ValueError(f"the language model's window is {window} tokens; it must be {MIN_WINDOW} to {MAX_WINDOW}")
        self.name = model
        self.window = window
        self._client = _client(url, key)
        self._refused: set[str] = set()  # options that the server doesn't know
        self._breaker = CircuitBreaker(
            _FAILURES,
            _REST_SECONDS,
            exclude=[lambda error: not isinstance(error, GeneratorFailed)],
            throw_new_error_on_trip=False,
        )

    def draft(self, question: str, sources: Sequence[Source], until: float) -> Iterator[DraftSentence]:
        """The sentences of an answer, as they come; see `Generator`."""
        with self._guarded():
            yield from read_drafts(self._texts(_Request(question, tuple(sources)), until))

    def rewrite(self, question: str, history: Sequence[Turn], until: float) -> str:
        """The question so that it stands by itself; see `Generator`."""
        with self._guarded():
            return "".join(self._texts(_Request(question, history=tuple(history)), until)).strip()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Count failures in a row; after some of them, fail at once for a while."""
        try:
            with self._breaker.calling():
                yield
        except CircuitBreakerError:
            raise GeneratorFailed("failed several times in a row and isn't asked for half a minute") from None

    def _texts(self, request: _Request, until: float) -> Iterator[str]:
        """What the model writes, piece by piece.

        The server is read in a thread of its own: a server that sends a byte a second would never let go of this one.
        """
        pieces: SimpleQueue[str | BaseException | None] = SimpleQueue()
        stop = threading.Event()
        threading.Thread(target=self._pump, args=(request, until, pieces, stop), daemon=True).start()
        length = 0
        try:
            while True:
                try:
                    piece = pieces.get(timeout=max(0.0, until - time.monotonic()))
                except Empty:
                    raise GeneratorFailed(_TOO_LONG) from None
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise _failure(piece, self.name) from piece
                length += len(piece)
                if length > _LONGEST:
                    raise GeneratorFailed("wrote no end")
                yield piece
        finally:
            stop.set()

    def _pump(
        self, request: _Request, until: float, pieces: SimpleQueue[str | BaseException | None], stop: threading.Event
    ) -> None:
        try:
            for piece in self._asked(request, until, stop):
                if stop.is_set():
                    return
                pieces.put(piece)
            pieces.put(None)
        except BaseException as error:  # noqa: BLE001 the other thread raises it
            pieces.put(error)

    def _asked(self, request: _Request, until: float, stop: threading.Event) -> Iterator[str]:
        """Ask; once more where there was no connection, and without the options that the server refuses."""
        import openai  # heavy: only who has a language model needs it

        retried = False
        while True:
            has_text = False
            try:
                for piece in self._streamed(request, until):
                    has_text = True
                    yield piece
                return
            except openai.APITimeoutError:
                raise
            except openai.APIConnectionError:
                if retried or has_text or stop.wait(_RETRY_PAUSE):
                    raise
                retried = True
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not self._give_up_option(str(error)):
                    raise

    def _streamed(self, request: _Request, until: float) -> Iterator[str]:
        options = request.options(self._refused, self.window)
        seconds = max(0.1, until - time.monotonic())
        is_finished = False
        create: Any = self._client.chat.completions.create  # its types ask for constants where options are chosen here
        stream: Stream[ChatCompletionChunk] = create(
            model=self.name,
            messages=request.messages("response_format" in options),
            stream=True,
            timeout=seconds,
            **options,
        )
        with stream:
            for chunk in stream:
                for choice in chunk.choices[:1]:
                    if choice.delta.content:
                        yield choice.delta.content
                    is_finished = is_finished or choice.finish_reason is not None
        if not is_finished:
            raise GeneratorFailed("broke off")

    def _give_up_option(self, message: str) -> bool:
        """Do without an option that the server complains about; False where there is none left."""
        left = [option for option in _OPTIONS if option not in self._refused]
        named = [option for option in left if option in message]
        unwanted = (named or left)[:1]
        self._refused.update(unwanted)
        return bool(unwanted)


# What not every server knows, in the order in which it is done without.
_OPTIONS = ("response_format", "max_tokens", "temperature", "max_completion_tokens")


class _Request:
    """What is asked of a model: an answer from sources, or a question that stands by itself after a history."""

    def __init__(self, question: str, sources: tuple[Source, ...] = (), history: tuple[Turn, ...] = ()) -> None:
        self._question = question
        self._sources = sources
        self._history = history

    def messages(self, as_json: bool) -> Messages:
        if self._history:
            return rewrite_messages(self._question, self._history)
        return answer_messages(self._question, self._sources, as_json)

    def options(self, refused: set[str], window: int) -> dict[str, Any]:
        tokens = _REWRITE_TOKENS if self._history else answer_tokens(window)
        limit = "max_completion_tokens" if "max_tokens" in refused else "max_tokens"
        options: dict[str, Any] = {limit: tokens, "temperature": 0}
        if not self._history:
            schema = {"name": "answer", "schema": SCHEMA, "strict": True}
            options["response_format"] = {"type": "json_schema", "json_schema": schema}
        return {name: value for name, value in options.items() if name not in refused}


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _client(url: str, key: str) -> OpenAI:
    # Heavy: only who has a language model needs them.
    import httpx2
    from openai import DefaultHttpxClient, OpenAI

    class Bounded(httpx2.SyncByteStream):
        """A response of which no more is read than an answer can have."""

        def __init__(self, stream: httpx2.SyncByteStream) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            read = 0
            for piece in self._stream:
                read += len(piece)
                if read > _MOST_BYTES:
                    raise GeneratorFailed("wrote no end")
                yield piece

        def close(self) -> None:
            self._stream.close()

    def bound(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = Bounded(response.stream)

    # "none" is what servers without keys are used to be sent.
    return OpenAI(
        base_url=url,
        api_key=key or "none",
        max_retries=0,
        default_headers={"Accept-Encoding": "identity"},
        http_client=DefaultHttpxClient(event_hooks={"response": [bound]}),
    )


def _failure(error: BaseException, model: str) -> GeneratorFailed:
    """What went wrong, in words that hold nothing of what the server sent."""
    import openai

    _LOG.warning("the language model failed: %s", type(error).__name__)
    match error:
        case GeneratorFailed():
            return error
        case openai.APITimeoutError():
            return GeneratorFailed(_TOO_LONG)
        case openai.APIConnectionError():
            return GeneratorFailed("could not be reached")
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return GeneratorFailed("refused the key")
        case openai.RateLimitError():
            return GeneratorFailed("is asked too often just now, or its quota is used up")
        case openai.NotFoundError():
            return GeneratorFailed(f"isn't known to its server as “{model}”")
        case openai.APIStatusError(status_code=status):
            return GeneratorFailed(f"failed with status {status}")
    return GeneratorFailed("broke off, or sent something else than an answer")
