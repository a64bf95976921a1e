"""TODO."""

from .boilerplate import before_paywall, without_boilerplate
from .fields import CONTROL, http_url, metadata_line, parse_date, title_of_file
from .html_text import blocks
from .page_metadata import FEED, GUESS, JSON_LD, PAGE, Declared, declared, joined
from .saved_text import clean_saved_page, fold_white_space

__all__ = [
    "CONTROL",
    "FEED",
    "GUESS",
    "JSON_LD",
    "PAGE",
    "Declared",
    "before_paywall",
    "blocks",
    "clean_saved_page",
    "declared",
    "fold_white_space",
    "http_url",
    "joined",
    "metadata_line",
    "parse_date",
    "title_of_file",
    "without_boilerplate",
]
