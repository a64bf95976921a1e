"""The nouns of a library. Frozen values that import nothing else of this project.

Every offset is half-open, `[start, end)`, in code points of `Article.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        """The same span, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The words that this span covers in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class LoadedArticle:
    """One article as it was read from a file, before it is in a library.

    `source` is what the article is known by: a path, or a URL where the file names one.
    """

    source: str
    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    modified: date | None = None
    language: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """An article in a library. Its text never changes: changed content makes a new article, which replaces it.

    Attributes:
        sources: the paths and addresses that it came from, the first first.
        added: when it was added.
        modified: the day of its last change, as the source tells it.
        language: of the text, by ISO 639-1 ("en").
        origins: which part of the source gave the title, the author, the dates: "JSON-LD", "meta tags", …
        replaced: when a newer text took its place: until then the source read so. None for the newest.
        replaced_by: id of the newest article from this source, where this one isn't it.
    """

    id: int
    title: str
    text: str = field(repr=False)
    sources: tuple[str, ...]
    added: datetime
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    modified: date | None = None
    language: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)
    replaced: datetime | None = None
    replaced_by: int | None = None

    @property
    def source(self) -> str:
        """Where the article came from first: a path or a URL."""
        return self.sources[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable slice of an article, whole sentences: `article.text[start:end] == text`."""

    id: int
    article_id: int
    text: str
    start: int
    end: int
    sentences: tuple[Span, ...] = field(repr=False)

    def words(self, span: Span) -> str:
        """The words of a span of the article that lies within the passage."""
        return span.shifted(-self.start).of(self.text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question. `score` is higher for better, comparable within one ranking.

    `also_in` are the ids of near-duplicate articles that hold most of the passage too.
    """

    passage: Passage
    score: float
    also_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a speaker said, as one or a few whole sentences: `article.text[start:end] == text`.

    Attributes:
        speaker: who said it, by the fullest name that the article gives.
        cue: the words that mark the speech, as written ("did not say").
        mention: the speaker as written ("he", "the spokesman").
        inferred: the speaker isn't named here; `speaker` is whom `mention`, or the quotation, stands for.
        content: the words that were said, as spans in the article; without the sentence they may mean the opposite.
        is_direct: what was said stands in quotation marks, for the most part.
        role: what the article calls the speaker ("White House spokesman"), if it does.
        is_person: the speaker is known to be a person, not a group.
    """

    article_id: int
    speaker: str
    cue: str
    text: str
    start: int
    end: int
    inferred: bool = False
    mention: str = ""
    content: tuple[Span, ...] = ()
    is_direct: bool = False
    role: str | None = None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who says something in the library: a person, or a group such as "officials".

    Attributes:
        name: the fullest name that the articles give.
        names: all names under which the statements are kept.
        roles: what the articles call the speaker, most frequent first.
        statements: how many there are, in how many `articles`.
        first: day of the earliest dated article with a statement, `last` of the latest.
        is_person: an article shows that it is a person's name.
    """

    name: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    statements: int
    articles: int
    first: date | None
    last: date | None
    is_person: bool


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included; None leaves an end open."""

    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """True where every day lies in it, and articles without a date too."""
        return self.since is None and self.until is None

    def holds(self, day: date | None) -> bool:
        """True where a day lies in it; without a day, only where every day does."""
        if day is None:
            return self.is_open
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be added, and why, in words for a person."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is followed.

    Attributes:
        checked: when it was asked last; None if it never was.
        failure: why that failed, in words; None where it didn't.
    """

    id: int
    url: str
    title: str
    checked: datetime | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What `Library.add` did: article ids, and the sources that failed.

    `updated` are the articles that took the place of earlier ones, which stay citable: see `Article.replaced_by`.
    """

    added: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long task is.

    `step` is "add", "embed" or "statements"; `total` counts files, passages or articles.
    """

    step: str
    done: int
    total: int
    item: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What is in a library and how far the work that follows an add has come.

    `embedded` passages can be found by meaning; `articles_read` have been read for statements. `precision` tells how
    the vectors are held for search, "exact" or "8 bit".
    """

    articles: int
    passages: int
    embedded: int
    articles_processed: int
    statements: int
    speakers: int
    embedder: str
    precision: str
    directory: str

    @property
    def is_complete(self) -> bool:
        """True when every passage can be found by meaning too, and the statements of every article are known."""
        return self.embedded == self.passages and self.articles_processed == self.articles
