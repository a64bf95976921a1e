"""From the raw text and markup of a source to an article's headline, paragraphs and metadata.

`clean_saved_page` takes plain text, `clean_page_text` the text extracted from a web page, `html_to_text` clean HTML.
`decode` and `decode_markup` turn bytes into text. `PageMetadata` is what a page declares about its article, and `ArticleFields` the checked values of any source.
"""

from .boilerplate import clean_page_text
from .encodings import decode, decode_markup, starts_as_utf_16, web_encoding
from .fields import ArticleFields, resolve_url
from .html_text import html_to_text
from .page_metadata import Origin, PageMetadata
from .saved_text import clean_saved_page

__all__ = [
    "ArticleFields",
    "Origin",
    "PageMetadata",
    "clean_page_text",
    "clean_saved_page",
    "decode",
    "decode_markup",
    "html_to_text",
    "resolve_url",
    "starts_as_utf_16",
    "web_encoding",
]
