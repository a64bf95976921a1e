"""How much the server accepts: connections, requests, bodies, waiting work. docs/http-api.md lists these limits.

Clients are told apart by their address (`web.clients`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KB: Final = 1000
MB: Final = 1_000_000

# Connections
MAX_CONNECTIONS: Final = 400  # open at the same time; processes often may have 1,024 open files
MAX_CONNECTIONS_PER_CLIENT: Final = 200
CONNECTION_BACKLOG: Final = 128  # accepted at once, so that closing old connections keeps up
HEAD_SECONDS: Final = 5.0  # for the request line and the headers
KEEP_ALIVE_SECONDS: Final = 15  # between two requests
WRITE_SECONDS: Final = 30.0  # a client that reads nothing for so long is disconnected

# Bodies
MAX_UPLOAD_BYTES: Final = 200 * MB
MAX_PAGE_EVENT_BYTES: Final = 8 * MB  # Gradio sends the whole conversation with each question
MAX_BODY_BYTES: Final = 256 * KB
MAX_EXPORT_BODY_BYTES: Final = 4 * MB  # answers with their passages
BODY_IDLE_SECONDS: Final = 8.0  # without a single byte
BODY_GRACE_SECONDS: Final = 30.0  # before the rate counts
MIN_BODY_BYTES_PER_SECOND: Final = 2 * KB

# Adding
MAX_WAITING_JOBS: Final = 100
MAX_ENDED_JOBS: Final = 100  # ended jobs that can still be looked up
MAX_WAITING_UPLOADS: Final = 8
MAX_FAILURES_IN_REPORT: Final = 100
MAX_SKIPPED_IN_REPORT: Final = 100
JOB_RETRY_SECONDS: Final = 60

# Embedding
MAX_EMBEDDED_AT_ONCE: Final = 256  # texts of a request

# Exporting
MAX_EXPORTED_TURNS: Final = 500
MAX_EXPORTED_CITATIONS: Final = 100  # of an answer

# Logging in
LOGIN_TRIES: Final = ((5, 60.0), (20, 3600.0))  # wrong tokens of one client: so many in so many seconds
MAX_SESSIONS: Final = 1_000
SESSION_SECONDS: Final = 30 * 24 * 3600

# Named tokens
DEFAULT_TOKEN_PER_MINUTE: Final = 1_200
DEFAULT_TOKEN_BYTES: Final = MAX_UPLOAD_BYTES
VERIFIED_TOKEN_SECONDS: Final = 300.0  # until the hash of a token that was right is computed again
MAX_VERIFIED_TOKENS: Final = 1_000
HASHES_AT_ONCE: Final = 2

# Stopping
GRACE_SECONDS: Final = 3  # for requests that are running
JOBS_STOP_SECONDS: Final = 2.0
BACKGROUND_STOP_SECONDS: Final = 4.0
STOP_SECONDS: Final = 9.0  # then the process ends, whatever still runs

# Log
MAX_SAME_LOG_RECORDS_PER_MINUTE: Final = 20


@dataclass(frozen=True, slots=True)
class LaneLimits:
    """Limits of one kind of request.

    Attributes:
        at_once: requests served at the same time.
        waiting: requests that wait for one of those to end.
        per_client: requests of one client, served or waiting.
        per_minute: requests of one client in a minute; None for any number.
        full_status: the HTTP status if too many requests wait.
    """

    at_once: int
    waiting: int
    per_client: int
    per_minute: int | None = None
    full_status: int = 503


ASKING: Final = LaneLimits(at_once=4, waiting=64, per_client=16, per_minute=1_200, full_status=429)
READING: Final = LaneLimits(at_once=8, waiting=64, per_client=32)
UPLOADING: Final = LaneLimits(at_once=MAX_WAITING_UPLOADS, waiting=0, per_client=4)
SUGGESTING: Final = LaneLimits(at_once=1, waiting=16, per_client=4)  # each question is tried: never in the way
EMBEDDING: Final = LaneLimits(at_once=1, waiting=16, per_client=4)
