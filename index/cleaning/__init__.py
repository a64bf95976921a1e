"""From the raw text and markup of a source to an article's headline, paragraphs and metadata.

`decode` and `decode_markup` turn bytes into text. `clean_saved_page` takes plain text, `clean_document` the paragraphs
of a document, `prepare_page` the tree of a web page, `clean_page_text` the text extracted from it, `html_to_text` clean
HTML. `PageMetadata` is what a page declares about its article, and `ArticleFields` the checked values of any source.
`search_form` and `ComposedText` are for comparisons.
"""

from .boilerplate import clean_page_text
from .dates import DateOrder, is_ambiguous, with_iso_date
from .encodings import decode, decode_markup, starts_as_utf_16, web_encoding
from .fields import ArticleFields, resolve_url
from .html_text import html_to_lines, html_to_text, tree_paragraphs
from .lines import Hyphens, ends_with_hyphen, is_word_of_its_own
from .origins import Origin
from .outlets import document_title
from .page_tree import prepare_page, text_of
from .pages import PageMetadata, extract_page, is_list_of_links, is_suspiciously_short, longest_prose, next_page
from .saved_text import clean_document, clean_saved_page, fold_white_space
from .search_form import ComposedText, search_form, without_invisible

__all__ = [
    "ArticleFields",
    "ComposedText",
    "DateOrder",
    "Hyphens",
    "Origin",
    "PageMetadata",
    "clean_document",
    "clean_page_text",
    "clean_saved_page",
    "decode",
    "decode_markup",
    "document_title",
    "ends_with_hyphen",
    "extract_page",
    "fold_white_space",
    "html_to_lines",
    "html_to_text",
    "is_ambiguous",
    "is_list_of_links",
    "is_suspiciously_short",
    "is_word_of_its_own",
    "longest_prose",
    "next_page",
    "prepare_page",
    "resolve_url",
    "search_form",
    "starts_as_utf_16",
    "text_of",
    "tree_paragraphs",
    "web_encoding",
    "with_iso_date",
    "without_invisible",
]
