"""Adding sources to a library, step by step.

`Intake` adds files and addresses and follows feeds, each by an `IngestRun`. `CatchUp` then embeds their passages,
groups near-duplicates and extracts statements.
"""

from .catch_up import CatchUp, OnProgress
from .feeds import FeedUpdater
from .followed_folders import STILL_WRITTEN, folder_of
from .intake import Intake
from .opml import opml
from .run import IngestRun

__all__ = [
    "STILL_WRITTEN",
    "CatchUp",
    "FeedUpdater",
    "IngestRun",
    "Intake",
    "OnProgress",
    "folder_of",
    "opml",
]
