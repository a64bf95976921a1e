"""What can go wrong in a library, by who has to act.

LibraryError
├── SourceError         the file: what it is and why it can't be read (one source fails, the others go on)
├── ArticleNotFound     the caller: no article has that id
├── FeedNotFound        the caller: no feed has that id
├── LibraryUnusable     the user: the directory or the file in it can't be used as a library
├── LibraryFailed       the user: the disk is full, the file damaged or held by others; nothing was changed
└── EmbedderMismatch    the user: another model made the library's vectors
"""

from __future__ import annotations


class LibraryError(Exception):
    """Any failure of a library that a caller may want to handle. The message is for people."""


class SourceError(LibraryError):
    """A source can't become an article. The message gives the reason, without the source's name."""


class ArticleNotFound(LibraryError, KeyError):
    """No article in the library has this id."""

    def __init__(self, article_id: int) -> None:
        super().__init__(article_id)
        self.article_id = article_id

    def __str__(self) -> str:
        return f"no article has the id {self.article_id}"


class FeedNotFound(LibraryError, KeyError):
    """No feed that is followed has this id."""

    def __init__(self, feed_id: int) -> None:
        super().__init__(feed_id)
        self.feed_id = feed_id

    def __str__(self) -> str:
        return f"no feed that is followed has the id {self.feed_id}"


class LibraryUnusable(LibraryError):
    """The directory can't be opened as a library."""


class LibraryFailed(LibraryError):
    """The library's files can't be read or written just now. What was accepted before stays."""


class EmbedderMismatch(LibraryError):
    """The vectors in the library come from another model than the one configured."""

    def __init__(self, stored: str, configured: str) -> None:
        super().__init__(
            f"this library's vectors were made by {stored!r}, but the configured embedder is {configured!r}. "
            "Set the embedder back, or embed the articles again: python -m index check --repair"
        )
