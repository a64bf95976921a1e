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
    """The sessions of all users who are logged in, each with the id of the token that it was started with."""

    def __init__(self) -> None:
        self._sessions: dict[str, tuple[float, str]] = {}  # end and token id by hash of the session's id, oldest first

    def start(self, token_id: str = "") -> str:
        """Start a session; returns its id. Beyond the maximum, the oldest one ends."""
        while len(self._sessions) >= MAX_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        session_id = secrets.token_urlsafe(_ID_BYTES)
        self._sessions[_hash(session_id)] = time.monotonic() + SESSION_SECONDS, token_id
        return session_id

    def token_id(self, session_id: str) -> str | None:
        """The id of the token with which a session was started; None if it never was, or has ended."""
        end, token_id = self._sessions.get(_hash(session_id), (0.0, ""))
        return token_id if end > time.monotonic() else None

    def end(self, session_id: str) -> None:
        """End a session; an unknown id is ignored."""
        self._sessions.pop(_hash(session_id), None)


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
