"""From the raw text and markup of a source to an article's headline, paragraphs and metadata.

`clean_saved_page` takes plain text, `clean_document` the paragraphs of a document,
`clean_page_text` the text extracted from a web page, `html_to_text` clean HTML.
`PageMetadata` is what a page declares about its article, and `ArticleFields` the checked values of any source.
"""

from .boilerplate import clean_page_text
from .dates import DateOrder, is_ambiguous, with_iso_date
from .fields import ArticleFields, resolve_url
from .html_text import html_to_text
from .origins import Origin
from .outlets import document_title
from .pages import PageMetadata
from .saved_text import clean_document, clean_saved_page

__all__ = [
    "ArticleFields",
    "DateOrder",
    "Origin",
    "PageMetadata",
    "clean_document",
    "clean_page_text",
    "clean_saved_page",
    "document_title",
    "html_to_text",
    "is_ambiguous",
    "resolve_url",
    "with_iso_date",
]
