"""The nouns of a library: frozen values. This module imports nothing else from the project.

Every offset is half-open, `[start, end)`, in code points of `Article.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

EDITED = "edited by hand"  # in `Article.origins`


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def shifted(self, by: int) -> Span:
        """This span moved by a number of code points."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """The part of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class LoadedArticle:
    """An article as read from a source, before it is added to a library.

    `source` identifies the article: a path, or a URL if the file declares one.
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
        sources: the paths and addresses that it came from, oldest first.
        modified: day of its last change according to the source.
        language: ISO 639-1 code of the text's language ("en").
        origins: which part of the source gave the title, author and dates: "JSON-LD", "meta tags", …, or `EDITED`.
        replaced, replaced_by: when a newer version replaced it, and the id of the newest; None for the newest.
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
        """The first source: a path or a URL."""
        return self.sources[0]

    @property
    def edited(self) -> tuple[str, ...]:
        """The fields that were edited by hand: title, publisher, author or published."""
        return tuple(field for field, origin in self.origins.items() if origin == EDITED)


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable slice of an article, made of whole sentences: `article.text[start:end] == text`."""

    id: int
    article_id: int
    text: str
    start: int
    end: int
    sentences: tuple[Span, ...] = field(repr=False)

    def words(self, span: Span) -> str:
        """The text of a span of the article that is inside the passage."""
        return span.shifted(-self.start).of(self.text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. Higher scores are better; they are comparable only within one ranking.

    `also_in` contains the ids of near-duplicate articles with most of the same passage.
    """

    passage: Passage
    score: float
    also_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a speaker said, as one or more whole sentences: `article.text[start:end] == text`.

    Attributes:
        speaker: the fullest name of the speaker in the article.
        cue: the words that mark the speech, as written ("did not say").
        mention: the speaker as written ("he", "the spokesman").
        inferred: the sentence doesn't name the speaker; `speaker` is the referent of `mention` or of the quotation.
        content: the words that were said, as spans in the article. Out of context they may mean the opposite.
        is_direct: all words of the content are in quotation marks. Otherwise the speech is reported, at least in part.
        role: the speaker's role in the article ("White House spokesman", "Ann Lee’s husband"), if it is mentioned.
        is_person: the speaker is known to be a person rather than a group.
        via: who reports it, if not the author of the article: "sources" in "he claimed that it was over, sources said".
        is_negated: the cue is negated or prevented ("did not dispute"): nothing of the kind was said.
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
    via: str = ""
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person, or a group such as "officials", with statements in the library.

    Attributes:
        name: the fullest name in the articles.
        names: all stored names.
        roles: the speaker's roles, most frequent first.
        first, last: days of the earliest and the latest dated article with a statement.
        is_person: the name is known to be a person's.
        merged: names of other speakers that were merged into this one by hand.
    """

    name: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    statements: int
    articles: int
    first: date | None
    last: date | None
    is_person: bool
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `since` to `until`, inclusive. None leaves an end open."""

    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it includes every day, and undated articles too."""
        return self.since is None and self.until is None

    def includes(self, day: date | None) -> bool:
        """Whether a day is in the period. An undated article (None) is only in an open period."""
        if day is None:
            return self.is_open
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be added, and the reason, as a message for people.

    `code` is that of the `SourceError`: it identifies the kinds for which a user interface may add a hint.
    """

    source: str
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder, or a part of a source, that wasn't read although nothing failed, and the reason."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A followed feed.

    Attributes:
        checked, failure: time of the last check, and why it failed; None if there was none, or it didn't.
    """

    id: int
    url: str
    title: str
    checked: datetime | None = None
    failure: str | None = None

    def is_due(self, now: datetime, interval: timedelta) -> bool:
        """Whether it should be checked again. A check later than `now` was recorded while the clock was ahead."""
        return self.checked is None or not now - interval <= self.checked <= now


@dataclass(frozen=True, slots=True)
class Report:
    """The result of `Library.add`: article ids, the sources that failed, and what was skipped.

    Attributes:
        updated: articles that replaced earlier versions, which can still be cited: see `Article.replaced_by`.
        skipped: what wasn't read by design, such as files of other kinds and columns with other data.
    """

    added: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skipped_by_reason(self) -> dict[str, list[str]]:
        """The skipped sources for each reason, in order."""
        groups: dict[str, list[str]] = {}
        for item in self.skipped:
            groups.setdefault(item.reason, []).append(item.source)
        return groups


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a long task.

    `step` is "add", "embed" or "statements"; `total` is the number of sources, passages or articles. Of the current
    source, `item`, `articles` articles are added and `found` are read.
    """

    step: str
    done: int
    total: int
    item: str = ""
    articles: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of a library, and the progress of the work that follows an add.

    Attributes:
        embedded: number of passages that can be found by meaning.
        articles_processed: number of articles whose statements have been extracted.
        precision, arithmetic: of the indexed vectors ("exact", "8 bit"), of the embedder ("full", "bfloat16").
    """

    articles: int
    passages: int
    embedded: int
    articles_processed: int
    statements: int
    speakers: int
    embedder: str
    precision: str
    arithmetic: str
    directory: str

    @property
    def is_complete(self) -> bool:
        """Whether all passages are embedded and the statements of all articles are extracted."""
        return self.embedded == self.passages and self.articles_processed == self.articles
