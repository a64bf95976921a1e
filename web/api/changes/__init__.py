"""Routes that correct a library by hand: edits, removals that can be undone, merged speakers."""

from .routes import change_routes

__all__ = [
    "change_routes",
]
