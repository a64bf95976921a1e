"""What a library is asked: articles, passages, statements, speakers, and the searches for them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from .embedding import Embedder, Embedding, SentenceTransformerEmbedder, Vector
from .records import ALWAYS, Article, Feed, Passage, Period, Speaker, Statement, Status
from .search import Speakers, VectorIndex, WordIndex, misspelt, nearest
from .storage import Database, StatementFilter


class Reader:
    """The questions that a library answers. Safe to use from several threads and processes."""

    def __init__(self, directory: Path, database: Database, embedder: str | Embedder) -> None:
        self.directory = directory
        self._database = database
        self._words = WordIndex(directory / "words", database)
        self._vectors = VectorIndex(database)
        self._speakers = Speakers(database)
        self._embedder = embedder
        self._embedder_lock = threading.Lock()

    def __len__(self) -> int:
        return self._database.count_articles()

    @property
    def embedder(self) -> Embedder:
        """What turns text into vectors; loaded when it is first needed."""
        with self._embedder_lock:
            if isinstance(self._embedder, str):
                self._embedder = SentenceTransformerEmbedder.load(self._embedder)
            return self._embedder

    def articles(self, matching: str = "", limit: int | None = None, offset: int = 0) -> Iterator[Article]:
        """Articles, last added first, whose title, publisher or source contains `matching`."""
        return self._database.articles(matching, -1 if limit is None else limit, offset)

    def count_articles(self, matching: str = "") -> int:
        """How many articles `articles(matching)` gives."""
        return self._database.count_articles(matching)

    def article(self, article_id: int) -> Article:
        """The article with this id, or the earlier revision of one: see `Article.replaced_by`.

        Raises:
            ArticleNotFound: there is none with this id.
        """
        return self._database.article(article_id)

    def revisions(self, article_id: int) -> list[Article]:
        """The earlier revisions of an article, the latest first."""
        return self._database.revisions(article_id)

    def feeds(self) -> list[Feed]:
        """The feeds that are followed."""
        return self._database.feeds.feeds()

    def articles_by_id(self, article_ids: Iterable[int]) -> dict[int, Article]:
        """Articles by id, less those that are gone."""
        return self._database.articles_by_id(article_ids)

    def damaged(self, article_ids: Iterable[int]) -> list[int]:
        """Those of these articles whose text is not the one that was added: a bit flipped on the disk, say."""
        return self._database.integrity.damaged_texts(article_ids)

    def headings(self, article_ids: Iterable[int]) -> dict[int, str]:
        """What stands over the articles with these ids, less those that are gone: title, outlet and day in words."""
        return self._database.headings(article_ids)

    def passages(self, passage_ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id, less those that are gone."""
        return self._database.passages(passage_ids)

    def passages_at(self, places: Iterable[tuple[int, int]]) -> list[Passage]:
        """The passages that hold these places: article ids with offsets in their texts."""
        return self._database.passages_at(places)

    def passages_of(self, article_id: int) -> list[Passage]:
        """The passages of an article, in order."""
        return self._database.passages_of(article_id)

    def statements(
        self,
        speakers: Sequence[str] | None = None,
        article_ids: Iterable[int] | None = None,
        publisher: str | None = None,
        period: Period = ALWAYS,
        limit: int | None = None,
        offset: int = 0,
        best_first: bool = False,
    ) -> list[Statement]:
        """Statements by date of their articles and place in them.

        Args:
            speakers: only of these, by stored names (`Speaker.names`).
            article_ids: only of these articles.
            publisher: only of outlets whose name contains this.
            period: only of articles published in it.
            limit: at most that many, after `offset`.
            best_first: those first that name their speaker themselves, of the latest articles.
        """
        choice = _choice(speakers, article_ids, publisher, period)
        return self._database.statements.statements(choice, limit, offset, best_first)

    def count_statements(
        self,
        speakers: Sequence[str] | None = None,
        article_ids: Iterable[int] | None = None,
        publisher: str | None = None,
        period: Period = ALWAYS,
    ) -> int:
        """How many statements `statements` gives without a limit."""
        return self._database.statements.count(_choice(speakers, article_ids, publisher, period))

    def statement_days(
        self, speakers: Sequence[str], publisher: str | None = None, period: Period = ALWAYS
    ) -> list[date]:
        """The day of publication of each of these statements, as far as the articles have one."""
        return self._database.statements.days(_choice(speakers, None, publisher, period))

    def speakers(
        self,
        matching: str = "",
        publisher: str | None = None,
        period: Period = ALWAYS,
        names: Sequence[str] | None = None,
    ) -> list[Speaker]:
        """Who speaks, those with the most statements first. The names of one person are one speaker.

        Args:
            matching: only speakers one of whose names contains this, whatever the case and accents.
            publisher: count only statements in outlets whose name contains this.
            period: count only statements in articles published in it.
            names: only these stored names, and those of the same people.
        """
        return self._speakers.find(matching, publisher, period, names)

    def speaker_names(self, words: Iterable[str]) -> list[str]:
        """Stored names of speakers that hold one of these words, folded as by `folded`."""
        return [name for name, _ in self._database.statements.names_with(words)]

    def misspelt_names(self, word: str) -> list[str]:
        """Words of speakers' names of which a folded word may be a misspelling."""
        return misspelt(word, self._speakers.words())

    def nearest_names(self, word: str) -> list[str]:
        """Words of speakers' names that look most like a folded word."""
        return nearest(word, self._speakers.words())

    def change(self) -> int:
        """A number that every change of the library raises: what was read before may have changed when it differs."""
        return self._database.change()

    def duplicate_clusters(self, article_ids: Iterable[int]) -> dict[int, int]:
        """The story of each of these articles that is a near-duplicate of another one: the same number for both."""
        return self._database.duplicates.clusters(article_ids)

    def newest_day(self) -> date | None:
        """Day of publication of the newest article, if any has one."""
        return self._database.newest_day()

    def speakers_called(self, words: Iterable[str]) -> list[str]:
        """Stored names of speakers whom an article calls by a role that holds all of these words."""
        return self._database.statements.called(words)

    def count_pending(self) -> int:
        """How many articles have not been read for statements yet."""
        return self._database.statements.count_pending()

    def publishers(self) -> list[str]:
        """The outlets of the articles, by name."""
        return self._database.publishers()

    def status(self) -> Status:
        """What is in the library, and how far the work that follows an add has come."""
        counts = self._database.counts()
        return Status(
            articles=counts["articles"],
            passages=counts["passages"],
            embedded=counts["vectors"],
            articles_processed=counts["articles"] - self.count_pending(),
            statements=counts["statements"],
            speakers=counts["speakers"],
            embedder=self._database.embedder(),
            precision=self._vectors.precision_of(counts["vectors"]),
            directory=str(self.directory),
        )

    # Searching

    def terms(self, text: str) -> list[str]:
        """The stemmed words of a text, without stop words: what word search compares."""
        return self._words.terms(text)

    def searchable_passages(self) -> int:
        """Number of passages in the word index; unlike `status` it costs nothing."""
        return self._words.count()

    def passage_frequency(self, term: str) -> int:
        """In how many passages a term occurs."""
        return self._words.passage_frequency(term)

    def occurs(self, term: str, letters: int = 0) -> bool:
        """True where a term occurs in a passage or a title, or one that differs by so many letters at most."""
        return self._words.occurs(term, letters)

    def search_words(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Passage ids and BM25 scores, best first."""
        return self._words.search(terms, k)

    def search_vectors(self, vector: Vector, k: int) -> list[tuple[int, float]]:
        """Passage ids and cosines to a vector of length 1, best first."""
        return self._vectors.search(vector, k)

    def embeddings(self, passage_ids: Sequence[int]) -> dict[int, Embedding]:
        """Vectors of passages, of their sentences and words; passages that are not embedded yet are left out."""
        return self._database.vectors.embeddings(passage_ids)

    def sentence_vectors(self, passage_ids: Sequence[int]) -> dict[int, Vector]:
        """Vectors of the sentences of passages, [sentences, dim]; passages that are not embedded yet are left out."""
        return self._database.vectors.of_sentences(passage_ids)


def _choice(
    speakers: Iterable[str] | None, article_ids: Iterable[int] | None, publisher: str | None, period: Period
) -> StatementFilter:
    return StatementFilter(
        None if speakers is None else tuple(speakers),
        None if article_ids is None else tuple(article_ids),
        publisher,
        period,
    )
