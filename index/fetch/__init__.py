"""Getting what lies at an address of the web: the one way out, with limits, manners and a guard."""

from .fetcher import Fetched, Fetcher, Validators
from .refusals import FetchFailed, FetchRefused
from .urls import host_of, is_url, normal_url, plain_host, without_tracking

__all__ = [
    "FetchFailed",
    "FetchRefused",
    "Fetched",
    "Fetcher",
    "Validators",
    "host_of",
    "is_url",
    "normal_url",
    "plain_host",
    "without_tracking",
]
