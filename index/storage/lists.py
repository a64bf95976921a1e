"""Lists of the articles of a library, or of a selection of them: by day, their outlets, authors and passages."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from . import rows
from .connections import Connections, Row
from .selection import EVERYTHING, Selection

# What an article has, in the order of `rows.article`.
COLUMNS = "id, title, text, url, publisher, author, published, added, modified, language, origins"
ARTICLE = f"""
    SELECT {COLUMNS}, (SELECT json_group_array(source ORDER BY s.id) FROM sources AS s WHERE article_id = articles.id),
           NULL, NULL
    FROM articles"""


PassageIds = npt.NDArray[np.int64]  # sorted


class ArticleLists:
    """Lists of articles, without their texts."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

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
