"""What a reference to an article consists of, whatever its format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from index import Article
from index.text import long_date

from ..verification import web_address
from .names import Name, split_authors
from .wording import UNTITLED

# Characters that XML can't contain, other controls, and what separates lines in some formats.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to an article. All texts are on one line and without control characters.

    Attributes:
        key: names the article within a bibliography: ASCII letters and digits.
        accessed: the day when the article was added to the library.
    """

    article_id: int
    key: str
    title: str
    accessed: date
    authors: tuple[Name, ...] = ()
    author_line: str = ""
    outlet: str = ""
    published: date | None = None
    url: str | None = None
    language: str | None = None

    @property
    def line(self) -> str:
        """Title, outlet, author and day, as far as known, on one line."""
        day = long_date(self.published) if self.published else ""
        return ", ".join(filter(None, (self.title, self.outlet, self.author_line, day)))


def reference_of(article: Article) -> Reference:
    """The reference to an article."""
    authors = one_line(article.author or "")
    outlet = one_line(article.publisher or "")
    names = split_authors(authors, outlet)
    return Reference(
        article_id=article.id,
        key=_key(names[0].family if names else outlet, article),
        title=one_line(article.title) or UNTITLED,
        accessed=article.added.date(),
        authors=names,
        author_line=authors,
        outlet=outlet,
        published=article.published,
        url=web_address(article.url),
        language=article.language,
    )


def one_line(text: str) -> str:
    """A text on one line, without control characters."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def clean(text: str) -> str:
    """A text without control characters other than line ends."""
    return "\n".join(one_line(line) for line in text.splitlines())


def _key(name: str, article: Article) -> str:
    """A key such as "brown2022a12"; it is unique by the id at its end."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    word = "".join(character for character in letters.casefold() if character.isalnum())[:20] or "article"
    return f"{word}{article.published.year if article.published else ''}a{article.id}"
