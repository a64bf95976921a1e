"""Find the articles that a filter selects: names as users write them become names as they are stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..records import ALWAYS, Period, Speaker
from ..storage import EVERYTHING, Database, Selection, Where, labelled, one_of, outlet_like, published_in, quoting
from ..text import fold_name


class ArticleSelector:
    """Turns filters into selections. Thread-safe; folded names are kept until the library changes."""

    def __init__(self, database: Database, speakers: Callable[[], Sequence[Speaker]]) -> None:
        """Create a selector. `speakers` returns all speakers of the library."""
        self._database = database
        self._speakers = speakers
        self._known: dict[str, tuple[int, list[tuple[str, str]]]] = {}

    def select(self, *filters: Where | None, publisher: str | None = None, period: Period = ALWAYS) -> Selection:
        """The articles that all of these filters select; None selects all articles.

        Args:
            filters: the filters.
            publisher: also only outlets whose name contains this.
            period: also only articles published in this period.
        """
        selection = EVERYTHING if publisher is None else outlet_like(publisher)
        selection &= published_in(period)
        for where in filters:
            if where is not None and not where.is_empty:
                selection &= self._select(where)
        return selection

    def _select(self, where: Where) -> Selection:
        lists = self._database.lists
        found = published_in(Period(where.since, where.until))
        if where.article_ids:
            found &= one_of("id", where.article_ids)
        if where.publishers:
            known = self._names("p", lists.publishers)
            found &= one_of("publisher", [own for name in where.publishers for own in _named(name, known)])
        if where.authors:
            known = self._names("a", lists.authors)
            found &= one_of("author", [own for name in where.authors for own in _with_words(name, known)])
        if where.languages:
            found &= one_of("language", where.languages)
        if where.tags:
            found &= labelled("tag", where.tags)
        if where.collections:
            found &= labelled("collection", where.collections)
        if where.speakers:
            found &= quoting(name for wanted in where.speakers for name in self._stored_names(wanted))
        return found

    def _names(self, kind: str, load: Callable[[], list[str]]) -> list[tuple[str, str]]:
        """All stored names of a kind, each with its folded words."""
        change = self._database.change()
        if kind not in self._known or self._known[kind][0] != change:
            self._known[kind] = (change, [(name, _folded(name)) for name in load()])
        return self._known[kind][1]

    def _stored_names(self, name: str) -> list[str]:
        """All stored names of the speakers with this name; if none has it, of those whose names contain its words."""
        words = fold_name(name)
        if not words:
            return []
        speakers = self._speakers()
        same = [speaker for speaker in speakers if words in map(fold_name, speaker.names)]
        near = same or [one for one in speakers if any(set(words) <= set(fold_name(own)) for own in one.names)]
        return [stored for speaker in near for stored in speaker.names]


def _named(name: str, known: Sequence[tuple[str, str]]) -> list[str]:
    """The stored names that are this name; if there is none, those that contain its words."""
    wanted = _folded(name)
    return [own for own, words in known if words == wanted] or _with_words(name, known)


def _with_words(name: str, known: Sequence[tuple[str, str]]) -> list[str]:
    """The stored names that contain the words of a name, in this order."""
    part = f" {_folded(name)} "
    return [own for own, words in known if part in f" {words} "]


def _folded(name: str) -> str:
    """What is compared of the name of an outlet or author."""
    return " ".join(fold_name(name)) or name.casefold()
