"""The part of a library's interface with which people correct it by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..records import Article
from .curation import checked_edits
from .database import Database
from .selection import Label


class EditableLibrary:
    """Edits, removals, restorations and tags of articles. Each call is one transaction."""

    _database: Database

    def edit(self, article_id: int, changes: Mapping[str, str | date | None], revert: Iterable[str] = ()) -> Article:
        """Edit an article's title, publisher, author or day (`published`) by hand; None for unknown.

        Edits stay when the article is added again or updated. The fields in `revert` get back what the source gives.

        Raises:
            ArticleNotFound: no article has this id.
            ValueError: there is no such field, or it can't have this value.
        """
        self._database.edits.edit(article_id, *checked_edits(changes, revert))
        return self._database.article(article_id)

    def remove(self, article_ids: int | Iterable[int]) -> None:
        """Remove articles and everything derived from them: all of them or none. `restore` undoes it within a day.

        Raises:
            ArticleNotFound: no article has one of these ids.
        """
        self._database.removed.remove([article_ids] if isinstance(article_ids, int) else article_ids)

    def restore(self, article_ids: int | Iterable[int]) -> None:
        """Undo a removal: the articles get their ids back. Vectors and statements follow with `catch_up`.

        Raises:
            ArticleNotFound: one of them was never removed, or more than a day ago.
        """
        self._database.removed.restore([article_ids] if isinstance(article_ids, int) else article_ids)

    def tag(self, article_ids: Iterable[int], tag: str) -> None:
        """Give articles a tag, all or none of them.

        Raises:
            ArticleNotFound: no article has one of the ids.
            FilterError: the tag is empty or too long.
        """
        self._database.tags.add(tag, article_ids)

    def untag(self, article_ids: Iterable[int], tag: str) -> None:
        """Take a tag from articles; those without it are ignored."""
        self._database.tags.remove(tag, article_ids)

    def tags(self) -> list[Label]:
        """The tags with their numbers of articles, by name."""
        return self._database.tags.list()
