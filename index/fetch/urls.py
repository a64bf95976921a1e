"""Addresses of the web: which can be fetched, and which are the same."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

import idna

from .errors import FetchRefused

MAX_URL = 2_000  # characters
_MIN_FREE_PORT = 1024  # below it only the web's own: the rest belongs to mail, files and the like
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]{1,253}")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# Words of a query that say where a reader came from, and never which article it is.
_TRACKING = re.compile(
    r"(utm|mtm|hsa|oly|vero|at|ns|pk|stm)_.+|(fb|g|dc|y|tw|wbra|gbra|ms|tt|li_fat|epi)clid|gclsrc|gbraid|wbraid|msclkid"
    r"|igshid|igsh|mc_[ce]id|mkt_tok|_hsenc|_hsmi|cmpid|ocid|smid|smtyp|xtor|ref_?src|ref_?url|ftag|__twitter_impression"
    r"|guccounter|guce_referr?er(_sig)?|fb_action_.+|sh(are)?token|share_?id|soc_src|soc_trk|sr_share|s_cid|spm|wt_mc|wt_zmc",
    re.IGNORECASE,
)
_MIRRORS = ("www.", "m.", "mobile.", "amp.")


def is_url(source: object) -> bool:
    """True for what looks like an address ("https://…", also of kinds that aren't fetched), not like a path."""
    return isinstance(source, str) and _URL.match(source.strip()) is not None


def normal_url(url: str) -> str:
    """The address as it is asked for: host in lower case and ASCII, no fragment, no default port.

    Raises:
        FetchRefused: it is none that may be fetched.
    """
    url = url.strip().encode("utf-8", "replace").decode("utf-8")  # lone surrogates are no text
    if len(url) > MAX_URL:
        raise FetchRefused(f"the address has {len(url):,} characters; the limit is {MAX_URL:,}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"not a valid address: {error}") from None
    if not _URL.match(url):
        raise FetchRefused(f"{url[:100]!r} is no address; it has to begin with https:// or http://")
    if parts.scheme not in _DEFAULT_PORTS:
        raise FetchRefused(f"only http and https addresses are fetched, not {parts.scheme}:")
    if _FORBIDDEN.search(url):
        raise FetchRefused("not a valid address: it holds spaces, control characters or backslashes")
    if "@" in parts.netloc:
        raise FetchRefused("addresses with a user name or password are not fetched")
    if port is not None and port not in _DEFAULT_PORTS.values() and port < _MIN_FREE_PORT:
        raise FetchRefused(f"port {port} is not the web's; 80, 443 and those from {_MIN_FREE_PORT} on may be asked")
    host = _ascii_host(parts)
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]"), ""))


def without_tracking(url: str) -> str:
    """A normal address without what only says where its reader came from."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    if len(kept) == len(pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept)))


def is_same_site(one: str, other: str) -> bool:
    """True where two normal addresses have one host and port, but for "www." and what marks a mobile edition."""
    return (_plain_host(one), urlsplit(one).port) == (_plain_host(other), urlsplit(other).port)


def _plain_host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return next((host.removeprefix(start) for start in _MIRRORS if host.startswith(start)), host)


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or "%" in host:
        raise FetchRefused("not a valid address: it names no host")
    try:
        host = host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
        if ":" in host:
            return str(ipaddress.IPv6Address(host))
    except (idna.IDNAError, ValueError) as error:
        raise FetchRefused(f"not a valid address: the host {host!r} is none ({error})") from None
    if not _HOST.fullmatch(host):
        raise FetchRefused(f"not a valid address: {host!r} is no host")
    return host
