"""A language model on any server with an OpenAI-compatible API: OpenAI, vLLM, Ollama, llama.cpp and others."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pybreaker import CircuitBreaker, CircuitBreakerError

from ..answer import Turn
from ..errors import GeneratorFailed
from .draft_parser import parse_drafts
from .event_stream import INVALID, read_text
from .generator import TIMED_OUT, DraftSentence, Source
from .prompt import SCHEMA, Messages, answer_messages, max_answer_tokens, rewrite_messages

if TYPE_CHECKING:
    from openai import OpenAI

_LOG = logging.getLogger(__name__)

_MIN_WINDOW, _MAX_WINDOW = 2_048, 2_000_000  # tokens
_MAX_CHARACTERS = 20_000  # of an answer
_MAX_MEGABYTES = 8  # of a response; one token takes about two hundred bytes
_MAX_REWRITE_TOKENS = 120
_MAX_FAILURES = 3  # consecutive ones, before the circuit breaker opens
_COOL_DOWN_SECONDS = 30
_RETRY_PAUSE_SECONDS = 0.2
# Parameters that some servers don't support, in the order in which they are dropped.
_OPTIONAL_PARAMETERS = ("response_format", "max_tokens", "temperature", "max_completion_tokens")

_TOO_MANY_FAILURES = (
    f"The language model failed {_MAX_FAILURES} times in a row, so it is paused for {_COOL_DOWN_SECONDS} seconds."
)
_ANSWER_TOO_LONG = f"The language model's answer exceeded the limit of {_MAX_CHARACTERS:,} characters."
_RESPONSE_TOO_LARGE = f"The language model's response exceeded the limit of {_MAX_MEGABYTES} MB."


class LanguageModel:
    """A `Generator` that queries a server. Safe to use from several threads."""

    def __init__(self, url: str, model: str, key: str = "", window: int = 8_192) -> None:
        """Create a client; it doesn't connect yet.

        Args:
            url: the base URL of the API, such as "http://127.0.0.1:8080/v1".
            model: the name of the model on that server.
            key: the API key; it is sent only to that server.
            window: the model's context window, in tokens.

        Raises:
            ValueError: an argument is invalid.
        """
        if not _is_http_url(url):
            raise ValueError(f"The language model's address is {url!r}; it must start with http:// or https://.")
        if not model.strip():
            raise ValueError(f"The name of the language model at {url} is missing; give the name used on that server.")
        if not _MIN_WINDOW <= window <= _MAX_WINDOW:
            raise ValueError(
                f"The language model's context window is {window} tokens; it must be {_MIN_WINDOW} to {_MAX_WINDOW}."
            )
        self.name = model
        self.window = window
        self._client = _build_client(url, key)
        self._unsupported: set[str] = set()  # parameters that the server rejected
        self._breaker = CircuitBreaker(
            _MAX_FAILURES,
            _COOL_DOWN_SECONDS,
            exclude=[lambda error: not isinstance(error, GeneratorFailed)],
            throw_new_error_on_trip=False,
        )

    def draft(self, question: str, sources: Sequence[Source], deadline: float) -> Iterator[DraftSentence]:
        """Yield the sentences of an answer as they are generated; see `Generator`."""
        with self._circuit_breaker():
            yield from parse_drafts(self._generate(_Request(question, tuple(sources)), deadline))

    def rewrite(self, question: str, history: Sequence[Turn], deadline: float) -> str:
        """Rewrite a follow-up question as a standalone question; see `Generator`."""
        with self._circuit_breaker():
            return "".join(self._generate(_Request(question, history=tuple(history)), deadline)).strip()

    @contextmanager
    def _circuit_breaker(self) -> Iterator[None]:
        """Count consecutive failures; after too many, fail immediately for a while."""
        try:
            with self._breaker.calling():
                yield
        except CircuitBreakerError:
            raise GeneratorFailed(_TOO_MANY_FAILURES) from None

    def _generate(self, request: _Request, deadline: float) -> Iterator[str]:
        """Yield the generated text in pieces.

        Another thread reads from the server: one that sends a byte per second would block this thread beyond the
        deadline. That thread ends soon after the deadline too.
        """
        pieces: SimpleQueue[str | BaseException | None] = SimpleQueue()
        stop = threading.Event()
        threading.Thread(target=self._read, args=(request, deadline, pieces, stop), daemon=True).start()
        length = 0
        try:
            while True:
                remaining = deadline - time.monotonic()
                try:
                    piece = pieces.get(timeout=max(0.0, remaining))
                except Empty:
                    raise GeneratorFailed(TIMED_OUT) from None
                if remaining <= 0:  # there is always another piece if the server is faster than we are
                    raise GeneratorFailed(TIMED_OUT)
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise _failure(piece, self.name) from piece
                length += len(piece)
                if length > _MAX_CHARACTERS:
                    raise GeneratorFailed(_ANSWER_TOO_LONG)
                yield piece
        finally:
            stop.set()

    def _read(
        self, request: _Request, deadline: float, pieces: SimpleQueue[str | BaseException | None], stop: threading.Event
    ) -> None:
        """Queue the generated text, then None; or the error."""
        try:
            for piece in self._request(request, deadline, stop):
                if stop.is_set():
                    return
                pieces.put(piece)
            pieces.put(None)
        except BaseException as error:  # noqa: BLE001 the other thread raises it
            pieces.put(error)

    def _request(self, request: _Request, deadline: float, stop: threading.Event) -> Iterator[str]:
        """Send a request; retry once if there is no connection, and without parameters that the server rejects."""
        import openai  # slow to import; only needed with a language model

        is_retry = False
        while True:
            has_text = False
            try:
                for piece in self._stream(request, deadline):
                    has_text = True
                    yield piece
                return
            except openai.APITimeoutError:
                raise
            except openai.APIConnectionError:
                if is_retry or has_text or stop.wait(_RETRY_PAUSE_SECONDS):
                    raise
                is_retry = True
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not self._drop_parameter(str(error)):
                    raise

    def _stream(self, request: _Request, deadline: float) -> Iterator[str]:
        parameters = request.parameters(self._unsupported, self.window)
        create: Any = self._client.chat.completions.with_streaming_response.create  # typed for literals
        with create(
            model=self.name,
            messages=request.messages("response_format" in parameters),
            stream=True,
            timeout=max(0.1, deadline - time.monotonic()),
            **parameters,
        ) as response:
            yield from read_text(response.http_response.iter_raw())

    def _drop_parameter(self, message: str) -> bool:
        """Stop sending a parameter that the server rejects; return False if there is none left."""
        remaining = [name for name in _OPTIONAL_PARAMETERS if name not in self._unsupported]
        named = [name for name in remaining if name in message]
        dropped = (named or remaining)[:1]
        self._unsupported.update(dropped)
        return bool(dropped)


@dataclass(frozen=True, slots=True)
class _Request:
    """A request for an answer from sources, or for a standalone question if there is a history."""

    question: str
    sources: tuple[Source, ...] = ()
    history: tuple[Turn, ...] = ()

    def messages(self, as_json: bool) -> Messages:
        if self.history:
            return rewrite_messages(self.question, self.history)
        return answer_messages(self.question, self.sources, as_json)

    def parameters(self, unsupported: set[str], window: int) -> dict[str, Any]:
        """Return the parameters of the request, without unsupported ones."""
        max_tokens = _MAX_REWRITE_TOKENS if self.history else max_answer_tokens(window)
        limit = "max_completion_tokens" if "max_tokens" in unsupported else "max_tokens"
        parameters: dict[str, Any] = {limit: max_tokens, "temperature": 0}
        if not self.history:
            schema = {"name": "answer", "schema": SCHEMA, "strict": True}
            parameters["response_format"] = {"type": "json_schema", "json_schema": schema}
        return {name: value for name, value in parameters.items() if name not in unsupported}


def _is_http_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _build_client(url: str, key: str) -> OpenAI:
    # Slow to import; only needed with a language model.
    import httpx2
    from openai import DefaultHttpxClient, OpenAI

    class LimitedStream(httpx2.SyncByteStream):
        """The body of a response, up to a size that no answer reaches, and until the request's time is over."""

        def __init__(self, stream: httpx2.SyncByteStream, seconds: float) -> None:
            self._stream = stream
            self._deadline = time.monotonic() + seconds

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for piece in self._stream:
                size += len(piece)
                if size > _MAX_MEGABYTES * 1024 * 1024:
                    raise GeneratorFailed(_RESPONSE_TOO_LARGE)
                if time.monotonic() > self._deadline:
                    raise GeneratorFailed(TIMED_OUT)
                yield piece

        def close(self) -> None:
            self._stream.close()

    def limit(response: httpx2.Response) -> None:
        response.headers.pop("Content-Encoding", None)  # none was asked for, and a small body could become a large one
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = LimitedStream(response.stream, response.request.extensions["timeout"]["read"])

    return OpenAI(
        base_url=url,
        api_key=key or "none",  # the conventional value for servers without keys
        max_retries=0,
        default_headers={"Accept-Encoding": "identity"},
        # A redirect would send the articles to a server that isn't configured.
        http_client=DefaultHttpxClient(event_hooks={"response": [limit]}, follow_redirects=False),
    )


def _failure(error: BaseException, model: str) -> GeneratorFailed:
    """Describe an error, without anything that the server sent."""
    import openai

    _LOG.warning("The language model failed: %s", type(error).__name__)
    match error:
        case GeneratorFailed():
            return error
        case openai.APITimeoutError():
            return GeneratorFailed(TIMED_OUT)
        case openai.APIConnectionError():
            return GeneratorFailed("The language model could not be reached.")
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return GeneratorFailed("The language model's server rejected the API key.")
        case openai.RateLimitError():
            return GeneratorFailed("The language model's rate limit or quota is exceeded.")
        case openai.NotFoundError():
            return GeneratorFailed(f"The language model's server has no model named “{model}”.")
        case openai.APIStatusError(status_code=status):
            return GeneratorFailed(f"The language model's server responded with the status {status}.")
    return GeneratorFailed(INVALID)
