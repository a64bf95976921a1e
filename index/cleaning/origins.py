"""Where the metadata of an article comes from."""

from __future__ import annotations

from enum import StrEnum


class Origin(StrEnum):
    """The part of a source that a value comes from. The strings are stored in libraries, so they must not change."""

    JSON_LD = "JSON-LD"
    META_TAGS = "meta tags"
    MICRODATA = "microdata"
    PAGE = "the page"
    PAGE_DATES = "dates on the page"  # in the header of the article
    BYLINE = "the byline"  # the lines above a text
    COPYRIGHT = "the copyright line"
    ADDRESS = "the address"
    FEED = "the feed"
