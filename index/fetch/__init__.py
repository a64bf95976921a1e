"""HTTP requests to the public web: the only code of the project that uses the network.

`Fetcher.fetch` returns a `FetchResult`. It validates each address, blocks private ones, respects robots.txt and rate
limits, and limits time, size and redirects. Its errors are `FetchError` and its subclasses, in `index.errors`.
"""

from .fetcher import Fetcher, FetchResult, Validators
from .gzip import GzipDecompressor
from .urls import is_url, normalize_url

__all__ = [
    "FetchResult",
    "Fetcher",
    "GzipDecompressor",
    "Validators",
    "is_url",
    "normalize_url",
]
