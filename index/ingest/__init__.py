"""Adding sources to a library, step by step.

`Intake` adds files and addresses and follows feeds, each by an `IngestRun`. `CatchUp` then embeds their passages,
groups near-duplicates and extracts statements.
"""

from .catch_up import CatchUp, OnProgress
from .feeds import FeedUpdater
from .intake import Intake
from .run import IngestRun

__all__ = [
    "CatchUp",
    "FeedUpdater",
    "IngestRun",
    "Intake",
    "OnProgress",
]
