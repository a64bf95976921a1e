"""Lists of the articles of a library, or of a selection of them: by day, their outlets, authors and passages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from . import rows
from .connections import Connections, Row
from .selection import EVERYTHING, Selection, like_pattern

# What an article has, in the order of `rows.article`.
COLUMNS = "id, title, text, url, publisher, author, published, added, modified, language, origins"
ARTICLE = f"""
    SELECT {COLUMNS}, (SELECT json_group_array(source ORDER BY s.id) FROM sources AS s WHERE article_id = articles.id),
           NULL, NULL
    FROM articles"""

Order = Literal["added", "published", "title", "publisher"]
# What articles can be sorted by; latest first, and what has no day or outlet last.
ORDERS: Final[dict[Order, str]] = {
    "added": "id DESC",
    "published": "published IS NULL, published DESC, id DESC",
    "title": "title COLLATE NOCASE, id",
    "publisher": "publisher IS NULL, publisher COLLATE NOCASE, published DESC, id DESC",
}

PassageIds = npt.NDArray[np.int64]  # sorted


class ArticleLists:
    """Lists of articles, without their texts."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def with_words(self, words: str, passage_ids: Iterable[int]) -> list[int]:
        """Ids of the articles whose title, outlet, author or source contains `words`, or that have these passages."""
        found = self._file.rows(
            "SELECT article_id FROM passages WHERE id IN (SELECT value FROM json_each(?1))"
            " UNION SELECT article_id FROM sources WHERE source LIKE ?2 ESCAPE '\\'"
            " UNION SELECT id FROM articles WHERE title LIKE ?2 ESCAPE '\\' OR publisher LIKE ?2 ESCAPE '\\'"
            " OR author LIKE ?2 ESCAPE '\\'",
            (json.dumps(list(passage_ids)), like_pattern(words)),
        )
        return [row[0] for row in found]

    def publishers(self) -> list[str]:
        """Names of the outlets, sorted."""
        found = self._file.rows("SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL ORDER BY 1")
        return [row[0] for row in found]

    def authors(self) -> list[str]:
        """Names of the authors, sorted, as articles name one or several."""
        found = self._file.rows("SELECT DISTINCT author FROM articles WHERE author IS NOT NULL ORDER BY 1")
        return [row[0] for row in found]

    def outlets(self, within: Selection = EVERYTHING) -> list[tuple[str | None, int]]:
        """The outlets with their numbers of articles, most first; None for articles without an outlet."""
        found = self._file.rows(
            f"SELECT publisher, count(*) FROM articles WHERE {within.sql} GROUP BY publisher ORDER BY 2 DESC, 1",
            within.values,
        )
        return [(row[0], row[1]) for row in found]

    def by_day(self, limit: int, newest_first: bool, within: Selection = EVERYTHING) -> list[Row]:
        """The rows of at most `limit` dated articles by publication day."""
        order = "DESC" if newest_first else "ASC"
        dated = f"{ARTICLE} WHERE published IS NOT NULL AND {within.sql}"
        return list(self._file.rows(f"{dated} ORDER BY published {order}, id {order} LIMIT ?", (*within.values, limit)))

    def newest_day(self) -> date | None:
        """Publication day of the newest dated article."""
        return rows.day(self._file.value("SELECT max(published) FROM articles"))

    def passage_ids(self, within: Selection) -> PassageIds:
        """Sorted ids of the passages of a selection."""
        found = self._file.rows(
            "SELECT passages.id FROM passages"
            f" WHERE article_id IN (SELECT articles.id FROM articles WHERE {within.sql})",
            within.values,
        )
        return np.sort(np.fromiter((row[0] for row in found), dtype=np.int64))
