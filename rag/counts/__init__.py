"""Counts over time: articles with words, and statements of speakers, by day, week, month or outlet."""

from .counting import count_articles, count_statements
from .counts import By, Count, Counts
from .csv_text import counts_csv
from .periods import MAX_PERIODS

__all__ = [
    "MAX_PERIODS",
    "By",
    "Count",
    "Counts",
    "count_articles",
    "count_statements",
    "counts_csv",
]
