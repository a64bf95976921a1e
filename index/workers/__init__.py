"""TODO."""

from .pool import Side, WorkPool
from .process import WorkerProcess, WorkerStopped, answer_requests

__all__ = [
    "Side",
    "WorkPool",
    "WorkerProcess",
    "WorkerStopped",
    "answer_requests",
]
