"""What people do to articles and speakers by hand: edits, removals that can be undone, merged speakers."""

from .edits import EditStore, checked_edits, edited, keep_edits, stored_edits
from .merges import MergeStore
from .removed import RemovedArticle, RemovedStore, restore_same

__all__ = [
    "EditStore",
    "MergeStore",
    "RemovedArticle",
    "RemovedStore",
    "checked_edits",
    "edited",
    "keep_edits",
    "restore_same",
    "stored_edits",
]
