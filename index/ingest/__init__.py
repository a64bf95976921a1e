"""TODO."""

from .catch_up import CatchUp, OnProgress
from .feeds import FeedUpdater
from .run import IngestRun

__all__ = [
    "CatchUp",
    "FeedUpdater",
    "IngestRun",
    "OnProgress",
]
