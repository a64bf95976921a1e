"""Routes that look at a library over time: watches, counts, and the lists of followed feeds."""

from .counts import count_routes
from .failures import handle_watch_errors
from .feed_lists import feed_list_routes
from .watches import watch_routes

__all__ = ["count_routes", "feed_list_routes", "handle_watch_errors", "watch_routes"]
