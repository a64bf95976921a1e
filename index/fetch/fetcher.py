"""The fetcher: requests with address checks, robots.txt, rate limits, and limits of time, size and redirects."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore2

from ..errors import FetchError, FetchFailed
from .address_guard import AddressGuard, Resolver, resolve_host
from .connections import Deadline, GuardedBackend
from .gzip import GzipDecompressor
from .politeness import CrawlPolicy
from .urls import normalize_url

MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 5
MAX_SECONDS = 20.0  # for one address, redirects included
DELAY_SECONDS = 1.0  # between two requests to the same host
USER_AGENT = "AskTheArticles/0.1"
_MAX_ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5
_REDIRECT_STATUSES = (301, 302, 303, 307, 308)
_BODY_STATUSES = (200, 203)
_TRANSIENT_STATUSES = (404, 408, 425, 429)  # 404: a page may appear after the feed that lists it
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"
_STATUS_MESSAGES = {
    401: "the page requires a login",
    402: "the page requires payment",
    403: "the server denied access",
    404: "page not found",
    410: "the page has been removed",
    429: "too many requests; try again later",
    451: "the page is unavailable for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a response, which make the next request for it conditional (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """The response for an address.

    Attributes:
        url: the final address, after redirects.
        body: the decompressed content; None if it hasn't changed since the validators' version.
        media_type: as the server gives it: "text/html".
        charset: the encoding that the server gives, if any.
        validators: for the next request.
    """

    url: str
    body: bytes | None
    media_type: str = ""
    charset: str | None = None
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class _Request:
    """A single request to a normalized address."""

    method: str
    url: str
    headers: list[tuple[str, str]]
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Response:
    """The response of a single request, before redirects are followed."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _BodyLimit:
    """The maximum size of a body. A longer one fails the request, or is truncated."""

    max_bytes: int
    is_truncated: bool = False


class Fetcher:
    """Fetches addresses of the public web. Safe to use from several threads.

    Only http and https. Every address, that of each redirect too, is checked before the connection is made to it. At
    most 5 redirects, 20 seconds and 20 MiB after decompression. robots.txt and Retry-After are respected, and a host
    gets at most one request a second. No cookies, no proxies; from the environment only trusted certificates are read.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        allowed: Collection[str] = (),
        resolver: Resolver = resolve_host,
        delay_seconds: float = DELAY_SECONDS,
        max_seconds: float = MAX_SECONDS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Create a fetcher.

        Args:
            allow_private: allow this machine and private networks too. Don't set it for addresses from untrusted users.
            allowed: "address:port" pairs that are allowed although they aren't public.
            resolver: looks up the IP addresses of a host.
            delay_seconds: the delay between two requests to the same host.
            max_seconds: the time limit for one address, redirects included.
            max_bytes: the size limit of a response after decompression.
        """
        self._guard = AddressGuard(allow_private, frozenset(allowed), resolver)
        self._policy = CrawlPolicy(USER_AGENT, delay_seconds)
        self._max_seconds = max_seconds
        self._limit = _BodyLimit(max_bytes)
        self._tls = httpcore2.default_ssl_context()

    def fetch(self, url: str, known: Validators = Validators(), stop: threading.Event | None = None) -> FetchResult:
        """Fetch an address, without the content if it hasn't changed since the `known` version.

        Raises:
            FetchRefused: the address must not be fetched.
            FetchFailed: the request failed; `FetchStopped` if `stop` was set.
        """
        url = normalize_url(url)
        deadline = Deadline(self._max_seconds, stop)
        for _ in range(MAX_REDIRECTS + 1):
            self._policy.check_robots(url, lambda robots_url: self._fetch_robots(robots_url, deadline))
            deadline.extend(self._policy.wait_for_turn(url, stop))
            response = self._get(url, deadline, known, self._limit)
            if response.status not in _REDIRECT_STATUSES:
                return self._result(url, response)
            url = _redirect_target(url, response)
        raise FetchFailed(f"redirected more than {MAX_REDIRECTS} times")

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], stop: threading.Event | None = None
    ) -> tuple[int, dict[str, str]]:
        """Send a message to an address that was given for it, such as a webhook's. Returns status and headers.

        The address is checked as in `fetch`. Redirects aren't followed: a redirect is returned like any other status.
        robots.txt doesn't apply, and the body of the response isn't read.

        Raises:
            FetchRefused: the address must not be connected to.
            FetchFailed: there is no response; `FetchStopped` if `stop` was set.
        """
        request = _Request("POST", normalize_url(url), [("User-Agent", USER_AGENT), *headers.items()], body)
        response = self._request(request, Deadline(self._max_seconds, stop), None)
        return response.status, response.headers

    def _fetch_robots(self, url: str, deadline: Deadline) -> str | None:
        """Return the text of a robots.txt, or None if there is none."""
        for _ in range(MAX_REDIRECTS + 1):
            response = self._get(url, deadline, Validators(), _BodyLimit(_MAX_ROBOTS_BYTES, is_truncated=True))
            if response.status in _REDIRECT_STATUSES:
                url = _redirect_target(url, response)
            elif response.status >= 500 or response.status == 429:
                self._policy.record_retry_after(url, response.headers)
                raise FetchFailed(
                    f"the site's robots.txt can't be read (HTTP {response.status}); try again later", is_transient=True
                )
            else:
                return response.body.decode("utf-8", "replace") if response.status == 200 else None
        return None

    def _result(self, url: str, response: _Response) -> FetchResult:
        headers, status = response.headers, response.status
        if status in (429, 503):
            self._policy.record_retry_after(url, headers)
        if status not in (*_BODY_STATUSES, 304):
            default = "server error" if status >= 500 else "unexpected response"
            is_transient = status >= 500 or status in _TRANSIENT_STATUSES
            raise FetchFailed(f"{_STATUS_MESSAGES.get(status, default)} (HTTP {status})", is_transient=is_transient)
        media_type, _, parameters = headers.get("content-type", "").partition(";")
        charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
        return FetchResult(
            url,
            None if status == 304 else response.body,
            media_type.strip().lower(),
            charset or None,
            Validators(headers.get("etag"), headers.get("last-modified")),
        )

    def _get(self, url: str, deadline: Deadline, known: Validators, limit: _BodyLimit) -> _Response:
        return self._request(_Request("GET", url, _request_headers(known)), deadline, limit)

    def _request(self, request: _Request, deadline: Deadline, limit: _BodyLimit | None) -> _Response:
        """Send one request, on a connection of its own. Without a limit, the body of the response isn't read."""
        backend = GuardedBackend(self._guard, deadline)
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool,
                pool.stream(request.method, request.url, headers=request.headers, content=request.body) as response,
            ):
                headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                body = b""
                if limit is not None and response.status in _BODY_STATUSES:
                    body = _read_body(response.iter_stream(), headers, limit, deadline)
                return _Response(response.status, headers, body)
        except FetchError:
            raise
        except httpcore2.TimeoutException:
            raise FetchFailed(f"no response within {self._max_seconds:g} seconds", is_transient=True) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ssl.SSLError) as error:
            raise FetchFailed(f"the connection failed ({error or type(error).__name__})", is_transient=True) from None


def _request_headers(known: Validators) -> list[tuple[str, str]]:
    conditions = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return [
        ("User-Agent", USER_AGENT),
        ("Accept", _ACCEPT),
        ("Accept-Encoding", "gzip"),
        *((name, value) for name, value in conditions if value and value.isascii()),
    ]


def _redirect_target(url: str, response: _Response) -> str:
    location = response.headers.get("location", "").strip()
    if not location:
        raise FetchFailed(f"the redirect has no target address (HTTP {response.status})")
    try:
        return normalize_url(urljoin(url, location.encode("latin-1").decode("utf-8", "replace")))
    except ValueError:
        raise FetchFailed("the redirect's target is not a valid address") from None


def _read_body(chunks: Iterable[bytes], headers: dict[str, str], limit: _BodyLimit, deadline: Deadline) -> bytes:
    """Read and decompress the body chunk by chunk, up to the limit."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchFailed(f"unsupported Content-Encoding: {encoding[:20]}")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit.max_bytes and not limit.is_truncated:
        raise _too_large(limit)
    decompressor = GzipDecompressor(limit.max_bytes) if encoding.endswith("gzip") else None
    body = bytearray()
    for chunk in chunks:
        deadline.check()
        body += decompressor.decompress(chunk) if decompressor else chunk
        if len(body) > limit.max_bytes:
            if limit.is_truncated:
                break
            raise _too_large(limit)
    if decompressor and not decompressor.is_complete and not limit.is_truncated:
        raise FetchFailed("the response is incomplete: its gzip data ends too early", is_transient=True)
    return bytes(body[: limit.max_bytes])


def _too_large(limit: _BodyLimit) -> FetchFailed:
    return FetchFailed(f"the response is larger than {limit.max_bytes / 1e6:.0f} MB, the limit")
