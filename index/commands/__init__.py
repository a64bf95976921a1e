"""Commands of `python -m index` beyond those in its main module."""

from .changes import add_change_commands

__all__ = [
    "add_change_commands",
]
