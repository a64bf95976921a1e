"""Routes that correct a library by hand: edits, removals that can be undone, merged speakers."""

from .routes import editing_routes

__all__ = [
    "editing_routes",
]
