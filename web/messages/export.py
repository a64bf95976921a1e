"""Texts of what is taken elsewhere: downloads, copies, and the page of an article at a place."""

from __future__ import annotations

from .common import APP_NAME

CONVERSATION = f"Conversation: {APP_NAME}"
STATEMENTS = "Statements"
NOT_FOUND_TITLE = "Article not found"
ARTICLE_NOT_FOUND = "This article isn't in the library. It was removed, or the link is wrong."
NO_SUCH_PLACE = "The place that this link names isn't in this article."
NEWER_VERSION = "This is an earlier version of the article."
SHOW_NEWEST = "Show the newest version"
BACK = "Back to the questions"


def article_title(title: str) -> str:
    """The title of the page of an article."""
    return f"{title}: {APP_NAME}"


# On the page
COPY_ANSWER, COPY_MARKDOWN, COPY_TEXT = "Copy answer", "Copy as Markdown", "Copy as plain text"
COPY_THIS_ANSWER = "Copy this answer with its sources"
TAKE_QUOTES = "Copy or cite"
COPY_QUOTE, COPY_LINK = "Copy quote", "Copy link"
REFERENCE = "Reference:"
EXPORT = "Export"
PRINT = "Print or save as PDF"
CSV = "Download all as a table (CSV)"
COPIED = "Copied, with its source."
LINK_COPIED = "Link copied."
COPY_FAILED = "Your browser doesn't allow copying. Select the text here and copy it."
EXPORTED = "Saved as a file."
EXPORT_FAILED = "That didn't work: {}"
NOTHING_TO_EXPORT = "Ask a question first."
CLOSE = "Close"
# Formats of a conversation: what people choose, and the name in the address.
FORMATS = (
    ("Markdown (.md)", "md"),
    ("Word (.docx)", "docx"),
    ("Table of quotes (.csv)", "csv"),
    ("BibTeX (.bib)", "bibtex"),
    ("RIS (.ris)", "ris"),
    ("CSL-JSON (.json)", "csl"),
)
REFERENCE_FORMATS = (("BibTeX", "bibtex"), ("RIS", "ris"), ("CSL-JSON", "csl"))


def no_quote_there(article_id: int) -> str:
    """An article has no words at the place that was asked for."""
    return f"Article {article_id} has no text at this place."
