"""The fetcher: the only code of the project that asks the network for anything."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore2

from .address_guard import AddressGuard, Resolver, resolve
from .connections import Deadline, GuardedNetwork
from .errors import FetchFailed, FetchRefused
from .gzip import Gunzip
from .politeness import Politeness
from .urls import normal_url

MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 5
MAX_SECONDS = 20.0  # for one address, redirects included
DELAY_SECONDS = 1.0  # between two requests to one host
USER_AGENT = "AskTheArticles/0.1"
_MAX_RULES_BYTES = 512_000  # of a robots.txt: RFC 9309, section 2.5
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells a server which version of a page is known already: RFC 9110, section 8.8."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What lay at an address.

    Attributes:
        url: where it lay in the end, after redirects.
        data: the bytes, unpacked; None where the server says that the known version is still the one.
        media_type: what the server calls it: "text/html".
        charset: the encoding that the server names, if it does.
        validators: for the next time.
    """

    url: str
    data: bytes | None
    media_type: str = ""
    charset: str | None = None
    validators: Validators = Validators()


class Fetcher:
    """Fetches addresses of the public web. Safe to use from several threads.

    http and https only; every address is checked and then connected to, at each redirect anew; at most 5 redirects,
    20 seconds and 20 MiB unpacked. robots.txt and Retry-After are heeded, and a host is asked once a second at most.
    No cookies, no proxies; of the environment nothing but which certificates are trusted.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        allowed: Collection[str] = (),
        resolver: Resolver = resolve,
        delay_seconds: float = DELAY_SECONDS,
        max_seconds: float = MAX_SECONDS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Make a fetcher.

        Args:
            allow_private: this machine and private networks may be asked too. Never let strangers set it.
            allowed: "address:port" pairs that may be asked though they are not public.
            resolver: what knows the addresses of a host.
            delay_seconds: the pause between two requests to one host.
            max_seconds: for one address, redirects included.
            max_bytes: of what is fetched, unpacked.
        """
        self._guard = AddressGuard(allow_private, frozenset(allowed), resolver)
        self._manners = Politeness(USER_AGENT, delay_seconds)
        self._max_seconds = max_seconds
        self._max_bytes = max_bytes
        self._tls = httpcore2.default_ssl_context()

    def fetch(self, url: str, known: Validators = Validators(), stop: threading.Event | None = None) -> Fetched:
        """What lies at an address, unless the version that is known is still the one.

        Raises:
            FetchRefused: the address may not be asked.
            FetchFailed: nothing useful came; as `FetchStopped` where `stop` was set.
        """
        url = normal_url(url)
        deadline = Deadline(self._max_seconds, stop)
        for _ in range(MAX_REDIRECTS + 1):
            self._manners.check(url, lambda place: self._rules(place, deadline))
            deadline.extend(self._manners.wait(url, stop))
            answer = self._ask(url, deadline, known, self._max_bytes)
            if answer.status not in _REDIRECTS:
                return self._judged(url, answer)
            url = _redirected(url, answer)
        raise FetchFailed(f"it is redirected more than {MAX_REDIRECTS} times")

    def _rules(self, url: str, deadline: Deadline) -> str | None:
        """The text of a robots.txt; None where there is none."""
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(url, deadline, Validators(), _MAX_RULES_BYTES, is_cut=True)
            if answer.status in _REDIRECTS:
                url = _redirected(url, answer)
            elif answer.status >= 500 or answer.status == 429:
                self._manners.retry_after(url, answer.headers)
                raise FetchFailed(f"its robots.txt can't be read: error {answer.status}", is_transient=True)
            else:
                return answer.body.decode("utf-8", "replace") if answer.status == 200 else None
        return None

    def _judged(self, url: str, answer: _Answer) -> Fetched:
        headers, status = answer.headers, answer.status
        if status in (429, 503):
            self._manners.retry_after(url, headers)
        if status not in (200, 203, 304):
            what = _WORDS.get(status, "an error of the server" if status >= 500 else "it can't be had")
            raise FetchFailed(f"{what} (HTTP {status})", is_transient=status >= 500 or status in _PASSING)
        kind, _, rest = headers.get("content-type", "").partition(";")
        charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
        return Fetched(
            url,
            None if status == 304 else answer.body,
            kind.strip().lower(),
            charset or None,
            Validators(headers.get("etag"), headers.get("last-modified")),
        )

    def _ask(self, url: str, deadline: Deadline, known: Validators, max_bytes: int, is_cut: bool = False) -> _Answer:
        """One request. Of a body that is too large, the beginning is enough where `is_cut`."""
        headers = [("User-Agent", USER_AGENT), ("Accept", _ACCEPT), ("Accept-Encoding", "gzip")]
        told = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
        headers += [(name, value) for name, value in told if value and value.isascii()]
        network = GuardedNetwork(self._guard, deadline)
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=network, max_connections=1) as pool,
                pool.stream("GET", url, headers=headers) as response,
            ):
                found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                is_wanted = response.status in (200, 203)
                body = _body(response.iter_stream(), found, max_bytes, deadline, is_cut) if is_wanted else b""
                return _Answer(response.status, found, body)
        except (FetchFailed, FetchRefused):
            raise
        except httpcore2.TimeoutException:
            raise FetchFailed(f"no answer within {self._max_seconds:g} seconds", is_transient=True) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ssl.SSLError) as error:
            raise FetchFailed(f"the connection failed ({error or type(error).__name__})", is_transient=True) from None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


_PASSING = (404, 408, 425, 429)  # a page may come later than the feed that lists it
_WORDS = {
    401: "it needs a login",
    402: "it has to be paid for",
    403: "the server refuses it",
    404: "there is no such page",
    410: "the page is gone",
    429: "the server is asked too often",
    451: "it may not be shown, for legal reasons",
}


def _redirected(url: str, answer: _Answer) -> str:
    place = answer.headers.get("location", "").strip()
    if not place:
        raise FetchFailed(f"it is redirected to nowhere (HTTP {answer.status})")
    try:
        return normal_url(urljoin(url, place.encode("latin-1").decode("utf-8", "replace")))
    except ValueError:
        raise FetchFailed("it is redirected to what is no address") from None


def _body(chunks: Iterable[bytes], headers: dict[str, str], max_bytes: int, deadline: Deadline, is_cut: bool) -> bytes:
    """The body, unpacked as it comes, and never more of it than the limit."""
    packing = headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise FetchFailed(f"it comes packed in a way that wasn't asked for ({packing[:20]})")
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > max_bytes and not is_cut:
        raise FetchFailed(_too_large(max_bytes))
    unpack = Gunzip(max_bytes) if packing.endswith("gzip") else None
    body = bytearray()
    for chunk in chunks:
        deadline.left()
        body += unpack(chunk) if unpack else chunk
        if len(body) > max_bytes:
            if is_cut:
                break
            raise FetchFailed(_too_large(max_bytes))
    if unpack and not unpack.is_whole and not is_cut:
        raise FetchFailed("what the server sends is damaged: the end is missing", is_transient=True)
    return bytes(body[:max_bytes])


def _too_large(max_bytes: int) -> str:
    return f"it has more than {max_bytes / 1e6:.0f} MB"
