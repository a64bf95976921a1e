"""Worker processes, which run `answer_requests`, and a pool of threads that do several kinds of work in batches."""

from .pool import BatchTask, WorkPool
from .process import WorkerProcess, WorkerStopped, answer_requests

__all__ = [
    "BatchTask",
    "WorkPool",
    "WorkerProcess",
    "WorkerStopped",
    "answer_requests",
]
