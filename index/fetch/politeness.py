"""Manners of the fetcher: what robots.txt asks for, a pause between requests to one host, and waiting when told to."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from protego import Protego

from .errors import FetchFailed, FetchRefused, FetchStopped

_KEPT_SECONDS = 3_600.0  # how long a robots.txt holds
_FAILED_SECONDS = 60.0  # how long a site whose robots.txt couldn't be had isn't asked for it again
_OTHERS = "nobody-we-know"
# As Protego reads it, so that no rule changes its group: also without hyphen or colon, but not "user agent x: y".
_AGENT = re.compile(r"^\s*user[- ]?agent(?:\s*:|\s(?![^#]*:))(?P<value>[^#]*)(?:#.*)?$", re.IGNORECASE)
_MAX_CRAWL_DELAY = 30.0  # seconds; a longer one is not waited for
_MAX_KEPT = 1_000  # hosts
_LONGEST_WAIT = 86_400.0

FetchRules = Callable[[str], str | None]  # the text of a robots.txt by its address; None where there is none


class Politeness:
    """What hosts ask for. Safe to use from several threads."""

    def __init__(self, user_agent: str, delay_seconds: float) -> None:
        self._user_agent = user_agent
        self._delay = delay_seconds
        self._rules: dict[str, tuple[float, Protego | str]] = {}  # until when: the rules, or why they can't be had
        self._free: dict[str, float] = {}  # host → when it may be asked again
        self._lock = threading.Lock()

    def check(self, url: str, fetch_rules: FetchRules) -> None:
        """Make sure that robots.txt lets this address be fetched (RFC 9309).

        Raises:
            FetchRefused: it doesn't.
            FetchFailed: whether it does can't be found out.
        """
        if isinstance(rules := self._rules_of(url, fetch_rules), str):
            raise FetchFailed(rules, is_transient=True)
        if not rules.can_fetch(url, self._user_agent):
            raise FetchRefused(f"{urlsplit(url).netloc} asks programs not to read this page (robots.txt)")

    def wait(self, url: str, stop: threading.Event | None) -> float:
        """Wait until the host of this address may be asked, and count this as a request; the seconds waited.

        Raises:
            FetchFailed: that would take too long.
            FetchStopped: `stop` was set.
        """
        host = urlsplit(url).netloc
        with self._lock:
            now = time.monotonic()
            wait = max(self._free.get(host, 0) - now, 0)
            if wait > _MAX_CRAWL_DELAY:
                raise FetchFailed(f"{host} asks to wait {wait:,.0f} seconds; try again later", is_transient=True)
            delay = max(self._delay, self._crawl_delay(url)) if self._delay else 0.0
            self._free[host] = now + wait + delay
            self._forget()
        if (stop or threading.Event()).wait(wait):
            raise FetchStopped
        return wait

    def retry_after(self, url: str, headers: Mapping[str, str]) -> None:
        """Note what an answer says about coming back (Retry-After, RFC 9110, section 10.2.3)."""
        wait = _seconds(headers.get("retry-after", ""))
        if wait:
            with self._lock:
                self._free[urlsplit(url).netloc] = time.monotonic() + min(wait, _LONGEST_WAIT)

    def _rules_of(self, url: str, fetch_rules: FetchRules) -> Protego | str:
        """The rules of a site, or why they can't be had: kept for a while, so that it isn't asked for each page."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._rules.get(site)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        rules: Protego | str
        try:
            rules = Protego.parse(_without_others(fetch_rules(f"{site}/robots.txt") or "", self._user_agent))
            kept = _KEPT_SECONDS
        except FetchStopped:
            raise  # that tells nothing about the site
        except FetchFailed as error:
            rules, kept = str(error), _FAILED_SECONDS
        with self._lock:
            self._rules[site] = (time.monotonic() + kept, rules)
            self._free[parts.netloc] = max(self._free.get(parts.netloc, 0), time.monotonic() + self._delay)
        return rules

    def _crawl_delay(self, url: str) -> float:
        parts = urlsplit(url)
        known = self._rules.get(f"{parts.scheme}://{parts.netloc}")
        asked = known[1].crawl_delay(self._user_agent) if known and isinstance(known[1], Protego) else None
        return min(float(asked or 0), _MAX_CRAWL_DELAY)

    def _forget(self) -> None:
        for kept in (self._rules, self._free):
            while len(kept) > _MAX_KEPT:
                kept.pop(next(iter(kept)))


def _without_others(text: str, user_agent: str) -> str:
    """A robots.txt in which all agents that aren't us have one name: each of many would cost as much as all rules."""
    ours = user_agent.lower()

    def named(line: re.Match[str]) -> str:
        value = line["value"].strip().lower()
        if value == "*" or any(name and name in ours for name in (value, value.replace("*", ""))):
            return line[0]
        return f"User-agent: {_OTHERS}"

    return "\n".join(_AGENT.sub(named, line) for line in text.splitlines())


def _seconds(value: str) -> float:
    """Seconds from a Retry-After: a number, or a time."""
    if value.strip().isdecimal():
        return float(value[:10])
    try:
        at = parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return max((at - datetime.now(UTC)).total_seconds(), 0.0)
