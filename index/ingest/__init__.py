"""Adding sources to a library, step by step.

`IngestRun` adds files and addresses, `FeedUpdater` the articles of followed feeds. `CatchUp` then embeds their
passages, groups near-duplicates and extracts statements.
"""

from .catch_up import CatchUp, OnProgress
from .feeds import FeedUpdater
from .run import IngestRun

__all__ = [
    "CatchUp",
    "FeedUpdater",
    "IngestRun",
    "OnProgress",
]
