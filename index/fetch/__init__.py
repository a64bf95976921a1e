"""Getting what lies at an address of the web: the one way out, with limits, manners and a guard."""

from .errors import FetchFailed, FetchRefused
from .fetcher import Fetched, Fetcher, Validators
from .gzip import Gunzip
from .urls import is_same_site, is_url, normal_url, without_tracking

__all__ = [
    "FetchFailed",
    "FetchRefused",
    "Fetched",
    "Fetcher",
    "Gunzip",
    "Validators",
    "is_same_site",
    "is_url",
    "normal_url",
    "without_tracking",
]
