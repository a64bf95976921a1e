"""Crawl politeness: robots.txt, a delay between requests to the same host, and Retry-After."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from ..errors import FetchFailed, FetchRefused, FetchStopped

_RULES_TTL_SECONDS = 3_600.0  # how long a robots.txt is cached
_FAILURE_TTL_SECONDS = 60.0  # how long a failure to fetch a robots.txt is cached
_MAX_CACHED_HOSTS = 1_000
_MAX_WAIT_SECONDS = 30.0  # longer delays are not waited for
_MAX_RETRY_AFTER_SECONDS = 86_400.0
_OTHER_AGENT = "another-agent"
# As Protego parses it, so that no rule changes its group: also without hyphen or colon, but not "user agent x: y".
_AGENT = re.compile(r"^\s*user[- ]?agent(?:\s*:|\s(?![^#]*:))(?P<value>[^#]*)(?:#.*)?$", re.IGNORECASE)

FetchRobots = Callable[[str], str | None]  # URL of a robots.txt → its text, None if there is none


class CrawlPolicy:
    """Decides whether and when a host may be sent a request. Safe to use from several threads."""

    def __init__(self, user_agent: str, delay_seconds: float) -> None:
        self._user_agent = user_agent
        self._delay_seconds = delay_seconds
        self._rules: dict[str, tuple[float, Protego | str]] = {}  # site → expiry, and rules or the failure's message
        self._next_request: dict[str, float] = {}  # host → earliest time of the next request
        self._lock = threading.Lock()

    def check_robots(self, url: str, fetch_robots: FetchRobots) -> None:
        """Make sure that robots.txt allows this address to be fetched (RFC 9309).

        Raises:
            FetchRefused: it doesn't.
            FetchFailed: robots.txt can't be read.
        """
        if isinstance(rules := self._site_rules(url, fetch_robots), str):
            raise FetchFailed(rules, is_transient=True)
        if not rules.can_fetch(url, self._user_agent):
            raise FetchRefused(f"{urlsplit(url).netloc} doesn't allow automated access to this page (robots.txt)")

    def wait_for_turn(self, url: str, stop: threading.Event | None) -> float:
        """Wait until the host of this address may be sent a request, and count one; return the seconds waited.

        Raises:
            FetchFailed: the wait would be too long.
            FetchStopped: `stop` was set.
        """
        host = urlsplit(url).netloc
        with self._lock:
            now = time.monotonic()
            wait = max(self._next_request.get(host, 0) - now, 0)
            if wait > _MAX_WAIT_SECONDS:
                raise FetchFailed(
                    f"{host} accepts the next request in {wait:,.0f} seconds; try again then", is_transient=True
                )
            delay = max(self._delay_seconds, self._crawl_delay(url)) if self._delay_seconds else 0.0
            self._next_request[host] = now + wait + delay
            self._evict_oldest()
        if (stop or threading.Event()).wait(wait):
            raise FetchStopped
        return wait

    def record_retry_after(self, url: str, headers: Mapping[str, str]) -> None:
        """Delay the host's next request as the Retry-After header of a response demands (RFC 9110, section 10.2.3)."""
        wait = _retry_after_seconds(headers.get("retry-after", ""))
        if wait:
            with self._lock:
                self._next_request[urlsplit(url).netloc] = time.monotonic() + min(wait, _MAX_RETRY_AFTER_SECONDS)

    def _site_rules(self, url: str, fetch_robots: FetchRobots) -> Protego | str:
        """Return the cached or fetched rules of a site, or why its robots.txt can't be read."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            cached = self._rules.get(site)
        if cached is not None and cached[0] > time.monotonic():
            return cached[1]
        rules: Protego | str
        try:
            rules = Protego.parse(merge_other_agents(fetch_robots(f"{site}/robots.txt") or "", self._user_agent))
            ttl_seconds = _RULES_TTL_SECONDS
        except FetchStopped:
            raise  # says nothing about the site
        except FetchFailed as error:
            rules, ttl_seconds = str(error), _FAILURE_TTL_SECONDS
        with self._lock:
            now = time.monotonic()
            self._rules[site] = (now + ttl_seconds, rules)
            self._next_request[parts.netloc] = max(self._next_request.get(parts.netloc, 0), now + self._delay_seconds)
        return rules

    def _crawl_delay(self, url: str) -> float:
        parts = urlsplit(url)
        cached = self._rules.get(f"{parts.scheme}://{parts.netloc}")
        delay = cached[1].crawl_delay(self._user_agent) if cached and isinstance(cached[1], Protego) else None
        return min(float(delay or 0), _MAX_WAIT_SECONDS)

    def _evict_oldest(self) -> None:
        for cache in (self._rules, self._next_request):
            while len(cache) > _MAX_CACHED_HOSTS:
                cache.pop(next(iter(cache)))


def merge_other_agents(text: str, user_agent: str) -> str:
    """Replace the names of all other user agents in a robots.txt with one: the parser's cost grows with each name."""
    own = user_agent.lower()

    def replace(line: re.Match[str]) -> str:
        value = line["value"].strip().lower()
        if value == "*" or any(name and name in own for name in (value, value.replace("*", ""))):
            return line[0]
        return f"User-agent: {_OTHER_AGENT}"

    return "\n".join(_AGENT.sub(replace, line) for line in text.splitlines())


def _retry_after_seconds(value: str) -> float:
    """Parse a Retry-After header, which is a number of seconds or a date; 0 if it is neither."""
    if value.strip().isdecimal():
        return float(value[:10])
    try:
        date = parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return max((date - datetime.now(UTC)).total_seconds(), 0.0)
