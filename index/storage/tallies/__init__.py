"""Counts of articles and statements, and which articles are ready."""

from .tallies import Tallies, Tally

__all__ = ["Tallies", "Tally"]
