"""Errors of a library, by who has to act.

LibraryError
├── the caller
│   ├── ArticleNotFound       no article has this id
│   ├── CollectionNotFound    no collection has this name
│   ├── FeedNotFound          no followed feed has this id
│   └── SpeakerNotFound       no speaker has this name
├── the user
│   ├── FilterError           a filter, a tag or a collection has a value that isn't allowed
│   ├── SourceError           a file or address can't become an article; other sources go on
│   │   ├── ColumnNotFound    a table has no column with the text, or with other values asked for
│   │   └── FetchError        an address can't be fetched
│   │       ├── FetchRefused      it isn't allowed: not http, blocked by robots.txt, a reserved network
│   │       │   └── PrivateAddressRefused   it is on a private network, and only public ones are allowed
│   │       └── FetchFailed       the server or the network failed; `is_transient` if retrying may help
│   │           └── FetchStopped  the caller stopped the fetch
│   ├── LibraryUnusable       the directory, or the file in it, can't be used as a library
│   │   └── LibraryMissing    the directory contains no library
│   └── EmbedderMismatch      another model made the library's vectors
└── the operator
    ├── LibraryFailed         the disk is full, the file is damaged or locked; nothing was changed
    └── SettingsError         a setting isn't allowed
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class LibraryError(Exception):
    """Any failure of a library that a caller may want to handle. The message is for people."""


class SourceError(LibraryError):
    """A source can't become an article. The message gives the reason, without the source's name.

    `code` identifies the kinds of errors to which a user interface may add a hint; it is "" for all others.
    """

    code: ClassVar[str] = ""


class ColumnNotFound(SourceError):
    """A table has no column for a field of its articles, such as "text"."""

    code = "column"

    def __init__(self, field: str, names: Sequence[str], columns: Sequence[str]) -> None:
        super().__init__(
            f"no column contains the {field} of the articles; rename one of the columns"
            f" ({', '.join(columns)[:200]}) to {' or '.join(names)}, or specify which one it is"
        )
        self.field = field
        self.names = list(names)
        self.columns = list(columns)


class FetchError(SourceError):
    """An address can't be fetched."""


class FetchRefused(FetchError):
    """The address must not be fetched. No request was sent to it."""


class PrivateAddressRefused(FetchRefused):
    """The host is on a private network or is this machine, and the fetcher allows only public addresses."""

    code = "private_address"

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not on the public internet; private addresses are blocked")


class FetchFailed(FetchError):
    """The request failed, or its response can't be used. `is_transient`: retrying may help."""

    def __init__(self, reason: str, is_transient: bool = False) -> None:
        super().__init__(reason)
        self.is_transient = is_transient


class FetchStopped(FetchFailed):
    """The caller stopped the fetch, which says nothing about the address."""

    def __init__(self) -> None:
        super().__init__("stopped", is_transient=True)


class ArticleNotFound(LibraryError, KeyError):
    """No article in the library has this id."""

    def __init__(self, article_id: int) -> None:
        super().__init__(article_id)
        self.article_id = article_id

    def __str__(self) -> str:
        return f"No article has the id {self.article_id}."


class CollectionNotFound(LibraryError, KeyError):
    """No collection in the library has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"There is no collection named {self.name[:200]!r}."


class FilterError(LibraryError, ValueError):
    """A value of a filter, or the name of a tag or collection, isn't allowed. The message names the value."""


class FeedNotFound(LibraryError, KeyError):
    """No followed feed has this id."""

    def __init__(self, feed_id: int) -> None:
        super().__init__(feed_id)
        self.feed_id = feed_id

    def __str__(self) -> str:
        return f"No followed feed has the id {self.feed_id}."


class SpeakerNotFound(LibraryError, KeyError):
    """No speaker has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"No speaker is called {self.name[:100]!r}."


class LibraryUnusable(LibraryError):
    """The directory can't be opened as a library."""


class LibraryMissing(LibraryUnusable):
    """The directory contains no library."""

    def __init__(self, directory: str) -> None:
        super().__init__(f"There is no library at {directory}. Choose another directory, or add articles first.")
        self.directory = directory


class LibraryFailed(LibraryError):
    """The library's files can't be read or written right now. What was accepted before stays."""


class EmbedderMismatch(LibraryError):
    """The vectors in the library were made by another model than the configured one."""

    def __init__(self, stored: str, configured: str) -> None:
        super().__init__(
            f"This library's vectors were made by {stored!r}, but the configured embedder is {configured!r}. "
            "Restore the embedder setting, or re-embed the articles by repairing the library."
        )
        self.stored = stored
        self.configured = configured


class SettingsError(LibraryError):
    """A setting isn't allowed. The message names the setting, its value and what is allowed."""
