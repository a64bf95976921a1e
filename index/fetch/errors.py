"""Why an address isn't fetched.

SourceError
├── FetchRefused   the user: the address must not be asked (this machine's network, robots.txt, no http)
└── FetchFailed    the server or the network: no answer, too late, too large, an error; `is_passing` if it may mend
    └── FetchStopped   the caller: it was stopped in the middle
"""

from __future__ import annotations

from ..errors import SourceError


class FetchRefused(SourceError):
    """The address is never asked."""


class FetchFailed(SourceError):
    """The address was asked, and what came was of no use."""

    def __init__(self, reason: str, is_transient: bool = False) -> None:
        super().__init__(reason)
        self.is_transient = is_transient


class FetchStopped(FetchFailed):
    """The fetch was stopped; nothing is known of the address."""

    def __init__(self) -> None:
        super().__init__("stopped", is_transient=True)
