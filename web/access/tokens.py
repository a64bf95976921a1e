"""Named tokens: made and revoked at any time, also while the server runs; stored as hashes only.

A token is `articles_<id>_<secret>`. Its id is public and finds its row, so that one hash at most is computed for a
request. A token that was right is remembered for some minutes, in memory and by a fast hash; whether it was revoked
is read for each request.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from ..limits import (
    DEFAULT_TOKEN_BYTES,
    DEFAULT_TOKEN_PER_MINUTE,
    MAX_VERIFIED_TOKENS,
    VERIFIED_TOKEN_SECONDS,
)
from ..messages import access as texts
from ..state import StateFile
from .callers import RESERVED_NAMES
from .roles import Role

_PREFIX = "articles"
_ID_BYTES, _SECRET_BYTES = 5, 32
_TOKEN = re.compile(rf"{_PREFIX}_([0-9a-f]{{{2 * _ID_BYTES}}})_([\w-]{{20,100}})", re.ASCII)
_NAME = re.compile(r"[\w.@-]{1,40}", re.ASCII)
# 19 MiB, two passes: the least that OWASP recommends, about 20 ms. The secrets are random, not chosen by people.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class TokenError(Exception):
    """A token can't be made or revoked. The message is for people."""


@dataclass(frozen=True, slots=True)
class NamedToken:
    """A token, without its secret.

    Attributes:
        id: its public part.
        name: whose it is; no other token that is valid has the same name.
        role: what it may do.
        per_minute: requests in a minute.
        max_bytes: size of a request, in bytes.
        made: when it was made, in UTC.
        revoked: when it was revoked; None if it is valid.
    """

    id: str
    name: str
    role: Role
    per_minute: int
    max_bytes: int
    made: datetime
    revoked: datetime | None = None


class NamedTokens:
    """The named tokens of a library."""

    def __init__(self, file: StateFile) -> None:
        self._file = file
        self._verified: dict[bytes, float] = {}  # when to verify again, by a hash of the token; oldest first
        self._exist = False

    def exist(self) -> bool:
        """Whether any token was ever made. Revoked ones count: without them, the server would be open again."""
        if not self._exist:
            self._exist = self._file.path.exists() and bool(self._file.rows("SELECT 1 FROM tokens LIMIT 1"))
        return self._exist

    def all(self) -> list[NamedToken]:
        """All tokens, oldest first.

        Raises:
            StateFailed: the file can't be read.
        """
        return self._select("ORDER BY made, rowid") if self._file.path.exists() else []

    def valid(self, token_id: str) -> NamedToken | None:
        """The token with this id, unless it was revoked.

        Raises:
            StateFailed: the file can't be read.
        """
        found = self._select("WHERE id = ? AND revoked IS NULL", token_id) if self.exist() else []
        return found[0] if found else None

    def add(
        self,
        name: str,
        role: Role,
        per_minute: int = DEFAULT_TOKEN_PER_MINUTE,
        max_bytes: int = DEFAULT_TOKEN_BYTES,
    ) -> str:
        """Make a token. Returns it; it can't be read again.

        Raises:
            TokenError: the name is invalid or in use.
            StateFailed: the file can't be written.
        """
        if not _NAME.fullmatch(name) or name in RESERVED_NAMES:
            raise TokenError(texts.invalid_name(name))
        token_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
        token = f"{_PREFIX}_{token_id}_{secret}"
        row = (token_id, name, role.label, _HASHER.hash(token), per_minute, max_bytes, _now())
        names = "id, name, role, hash, per_minute, max_bytes, made"
        with self._file.write() as connection:
            if connection.execute("SELECT 1 FROM tokens WHERE name = ? AND revoked IS NULL", (name,)).fetchone():
                raise TokenError(texts.name_in_use(name))
            connection.execute(f"INSERT INTO tokens ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return token

    def revoke(self, name: str) -> NamedToken:
        """Revoke the token with this name or id. It is refused from now on, and its sessions end.

        Raises:
            TokenError: no valid token has this name.
            StateFailed: the file can't be written.
        """
        condition = "WHERE (name = ?1 OR id = ?1) AND revoked IS NULL"
        found = self._select(condition, name) if self.exist() else []
        if not found:
            raise TokenError(texts.no_such_token(name))
        with self._file.write() as connection:
            connection.execute("UPDATE tokens SET revoked = ? WHERE id = ?", (_now(), found[0].id))
        return found[0]

    def candidate(self, given: str) -> NamedToken | None:
        """The valid token whose id a text has. Whether its secret is right is for `is_right`.

        Raises:
            StateFailed: the file can't be read.
        """
        match = _TOKEN.fullmatch(given)
        return self.valid(match[1]) if match else None

    def is_remembered(self, given: str) -> bool:
        """Whether this text was verified within the last minutes."""
        return self._verified.get(_digest(given), 0.0) > time.monotonic()

    def is_right(self, given: str, token: NamedToken) -> bool:
        """Whether a text is this token; takes 20 ms of a processor.

        Raises:
            StateFailed: the file can't be read.
        """
        rows = self._file.rows("SELECT hash FROM tokens WHERE id = ?", (token.id,))
        try:
            _HASHER.verify(rows[0][0], given)
        except (Argon2Error, InvalidHashError, IndexError):
            return False
        while len(self._verified) >= MAX_VERIFIED_TOKENS:
            self._verified.pop(next(iter(self._verified)), None)
        self._verified[_digest(given)] = time.monotonic() + VERIFIED_TOKEN_SECONDS
        return True

    def _select(self, condition: str, *values: str) -> list[NamedToken]:
        query = f"SELECT id, name, role, per_minute, max_bytes, made, revoked FROM tokens {condition}"
        return [
            NamedToken(
                token_id,
                name,
                Role[role.upper()],
                per_minute,
                max_bytes,
                datetime.fromisoformat(made),
                datetime.fromisoformat(revoked) if revoked else None,
            )
            for token_id, name, role, per_minute, max_bytes, made, revoked in self._file.rows(query, values)
        ]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
