"""Watches: saved searches, questions and speakers, whose new matches are found as articles are added.

`Watches` keeps them in `watches.db` beside the library, `atom_feed` shows the matches as a feed, `WatchWorker` finds
them in the background and sends them to webhooks.
"""

from .atom import atom_feed
from .command import add_watch_command
from .records import Match, Watch, WatchError, WatchNotFound
from .watches import Watches
from .webhooks import Webhooks, signature
from .worker import WatchWorker

__all__ = [
    "Match",
    "Watch",
    "WatchError",
    "WatchNotFound",
    "WatchWorker",
    "Watches",
    "Webhooks",
    "add_watch_command",
    "atom_feed",
    "signature",
]
