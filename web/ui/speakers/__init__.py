"""Parts of the Speakers tab."""

from .merges import MergeForm

__all__ = [
    "MergeForm",
]
