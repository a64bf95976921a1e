"""Web addresses: recognition, validation and normalization."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

import idna

from ..errors import FetchRefused

MAX_URL_LENGTH = 2_000  # characters
_MIN_UNPRIVILEGED_PORT = 1024  # below it, only the ports of HTTP: the others belong to mail, file sharing and the like
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]{1,253}")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_url(source: object) -> bool:
    """Return whether a source looks like a URL, of any scheme, and not like a path."""
    return isinstance(source, str) and _URL.match(source.strip()) is not None


def normalize_url(url: str) -> str:
    """Return the URL as it is requested: host in lower case and ASCII, without fragment and default port.

    Raises:
        FetchRefused: it isn't a URL that may be fetched.
    """
    url = url.strip().encode("utf-8", "replace").decode("utf-8")  # replaces lone surrogates
    parts, port = _split(url)
    if _FORBIDDEN.search(url):
        raise FetchRefused("not a valid address: it contains spaces, control characters or backslashes")
    if "@" in parts.netloc:
        raise FetchRefused("addresses with a user name or password are not supported")
    if port is not None and port not in _DEFAULT_PORTS.values() and port < _MIN_UNPRIVILEGED_PORT:
        raise FetchRefused(f"port {port} is not allowed; use 80, 443, or one from {_MIN_UNPRIVILEGED_PORT} up")
    host = _ascii_host(parts)
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]"), ""))


def _split(url: str) -> tuple[SplitResult, int | None]:
    """Split an http or https URL into its parts and its port."""
    if len(url) > MAX_URL_LENGTH:
        raise FetchRefused(f"the address has {len(url):,} characters; the limit is {MAX_URL_LENGTH:,}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"not a valid address: {error}") from None
    if not url:
        raise FetchRefused("enter a web address that starts with https:// or http://")
    if not _URL.match(url):
        raise FetchRefused(f"{url[:100]!r} is not a web address; it must start with https:// or http://")
    if parts.scheme not in _DEFAULT_PORTS:
        raise FetchRefused(f"only http and https addresses are supported, not {parts.scheme}:")
    return parts, port


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or "%" in host:
        raise FetchRefused("not a valid address: the host name is missing")
    try:
        host = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
        if ":" in host:
            return str(ipaddress.IPv6Address(host))
    except (idna.IDNAError, ValueError) as error:
        raise FetchRefused(f"not a valid address: {host!r} is not a valid host name ({error})") from None
    if not _HOST.fullmatch(host):
        raise FetchRefused(f"not a valid address: {host!r} is not a valid host name")
    return host
