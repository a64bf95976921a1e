"""Search statements and the people who made them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..errors import SpeakerNotFound
from ..records import ALWAYS, Period, Speaker, Statement
from ..storage import EVERYTHING, Database, Selection, StatementFilter
from .speakers import Speakers, misspelt, nearest


class StatementSearch:
    """The statements and speakers of a library. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._statements = database.statements
        self._merges = database.merges
        self._speakers = Speakers(database)

    def statements(  # noqa: PLR0913 each narrows the choice and is passed by name
        self,
        speakers: Sequence[str] | None = None,
        article_ids: Iterable[int] | None = None,
        publisher: str | None = None,
        period: Period = ALWAYS,
        limit: int | None = None,
        offset: int = 0,
        best_first: bool = False,
        within: Selection = EVERYTHING,
    ) -> list[Statement]:
        """Statements by publication day, article and position.

        Args:
            speakers: only statements by these stored names (`Speaker.names`).
            article_ids: only statements in these articles.
            publisher: only statements in outlets whose name contains this.
            period: only statements in articles published in this period.
            limit: return at most this many, after `offset`.
            best_first: sort statements that name their speaker first, then by newest article.
            within: only statements in a selection of articles, by its speakers.
        """
        choice = _filter(speakers, article_ids, publisher, period, within)
        return self._statements.statements(choice, limit, offset, best_first)

    def count(
        self,
        speakers: Sequence[str] | None = None,
        article_ids: Iterable[int] | None = None,
        publisher: str | None = None,
        period: Period = ALWAYS,
        within: Selection = EVERYTHING,
    ) -> int:
        """Number of statements that `statements` returns without a limit."""
        return self._statements.count(_filter(speakers, article_ids, publisher, period, within))

    def days(
        self,
        speakers: Sequence[str],
        publisher: str | None = None,
        period: Period = ALWAYS,
        within: Selection = EVERYTHING,
    ) -> list[date]:
        """Publication day of each statement by these speakers whose article is dated."""
        return self._statements.days(_filter(speakers, None, publisher, period, within))

    def speakers(
        self,
        matching: str = "",
        publisher: str | None = None,
        period: Period = ALWAYS,
        names: Sequence[str] | None = None,
        within: Selection = EVERYTHING,
    ) -> list[Speaker]:
        """Speakers by number of statements, most first. All names of one person belong to one speaker.

        Args:
            matching: only speakers with a name that contains this, ignoring case and accents.
            publisher: count only statements in outlets whose name contains this.
            period: count only statements in articles published in this period.
            names: only these stored names and others of the same people.
            within: count only statements in a selection of articles, by its speakers.
        """
        return self._speakers.find(matching, publisher, period, names, within)

    def merge(self, name: str, other: str) -> None:
        """Merge a speaker into another one, whose name both then have. For names that the rules keep apart.

        It applies to later statements, too, until `separate` undoes it.

        Raises:
            SpeakerNotFound: no speaker has the name `name` or `other`.
            ValueError: both are the same speaker.
        """
        one, another = self._called(name), self._called(other)
        if one.name == another.name:
            raise ValueError(f"{name!r} and {other!r} are the same speaker already")
        self._merges.merge(one.name, another.name)

    def separate(self, name: str) -> None:
        """Undo the merge of a speaker into another one: `name` is one of `Speaker.merged`.

        Raises:
            SpeakerNotFound: no speaker of this name was merged into another one.
        """
        if not self._merges.separate(name):
            raise SpeakerNotFound(name)

    def _called(self, name: str) -> Speaker:
        found = next((speaker for speaker in self.speakers(names=[name]) if name in speaker.names), None)
        if found is None:
            raise SpeakerNotFound(name)
        return found

    def names_with(self, words: Iterable[str]) -> list[str]:
        """Stored speaker names that contain one of these folded words."""
        return [name for name, _ in self._statements.names_with(words)]

    def with_role(self, words: Iterable[str]) -> list[str]:
        """Stored names of speakers who have a role that contains all of these words."""
        return self._statements.with_role(words)

    def corrections(self, word: str) -> list[str]:
        """Words of speaker names of which a folded word may be a misspelling."""
        return misspelt(word, self._speakers.words())

    def similar(self, word: str) -> list[str]:
        """Words of speaker names that look most like a folded word."""
        return nearest(word, self._speakers.words())

    def count_pending(self) -> int:
        """Number of articles whose statements haven't been extracted yet."""
        return self._statements.count_pending()


def _filter(
    speakers: Iterable[str] | None,
    article_ids: Iterable[int] | None,
    publisher: str | None,
    period: Period,
    within: Selection,
) -> StatementFilter:
    return StatementFilter(
        None if speakers is None else tuple(speakers),
        None if article_ids is None else tuple(article_ids),
        publisher,
        period,
        within,
    )
