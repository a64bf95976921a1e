"""Sessions: one for each login, with a random id that can be revoked.

They live in memory. Nothing on disk can be stolen, a changed token ends them all, and a restart only means logging in
again. Only hashes of the ids are stored.
"""

from __future__ import annotations

import hashlib
import secrets
import time

from ..limits import MAX_SESSIONS, SESSION_SECONDS

_ID_BYTES = 32


class Sessions:
    """The sessions of all users who are logged in."""

    def __init__(self) -> None:
        self._ends: dict[str, float] = {}  # by hash of the id, oldest first

    def start(self) -> str:
        """Start a session; returns its id. Beyond the maximum, the oldest one ends."""
        while len(self._ends) >= MAX_SESSIONS:
            del self._ends[next(iter(self._ends))]
        session_id = secrets.token_urlsafe(_ID_BYTES)
        self._ends[_hash(session_id)] = time.monotonic() + SESSION_SECONDS
        return session_id

    def is_valid(self, session_id: str) -> bool:
        """Whether a session with this id was started and hasn't ended."""
        return self._ends.get(_hash(session_id), 0.0) > time.monotonic()

    def end(self, session_id: str) -> None:
        """End a session; an unknown id is ignored."""
        self._ends.pop(_hash(session_id), None)


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
