"""Web pages: what one declares about its article (JSON-LD, meta tags, microdata, header, title), its text and links."""

from .links import is_list_of_links, next_page
from .main_text import extract_page, is_suspiciously_short, longest_prose
from .metadata import PageMetadata

__all__ = [
    "PageMetadata",
    "extract_page",
    "is_list_of_links",
    "is_suspiciously_short",
    "longest_prose",
    "next_page",
]
