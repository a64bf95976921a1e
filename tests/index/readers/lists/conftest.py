"""A web site, and a library whose fetcher may connect to it."""

from tests.index.ingest.conftest import library, site

__all__ = ["library", "site"]
