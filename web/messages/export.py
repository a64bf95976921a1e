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
