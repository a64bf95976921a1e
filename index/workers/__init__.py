"""Worker processes, which run `answer_requests`, and a pool of threads that do several kinds of work in batches."""

from .pool import BatchTask, WorkPool
from .process import WorkerProcess, WorkerStopped, answer_requests
from .watch import Limits

__all__ = [
    "BatchTask",
    "Limits",
    "WorkPool",
    "WorkerProcess",
    "WorkerStopped",
    "answer_requests",
]
