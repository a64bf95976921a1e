"""What retrieval and reading need to know of the wording of a question, found once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.embedding import Vector
from index.text import LATEST, RELATIVE_PERIOD

from ..grammar import names_in
from .answer_type import ExpectedAnswer, expects_list

_DEGREE_OR_TIME = re.compile(
    r"\bhow (?:long|old|far|fast|big|large|high|tall|often|deep|wide|heavy|soon|quickly|expensive|hot|cold)\b"
    rf"|\b(?:{LATEST}|{RELATIVE_PERIOD})\b",
    re.IGNORECASE,
)
# "Which year …": the answer names a year, but needn't contain the word "year".
_KIND_OF_ANSWER = re.compile(
    r"\b(?:what|which) (?:[\w-]+ ){0,3}?"
    r"(?P<kind>(?:year|decade|state|nation|place|region|area|town|person|leader)s?|(?:centur|countr|cit)(?:y|ies)|m[ae]n"
    r"|wom[ae]n)(?= (?:is|was|are|were|do|does|did|has|have|had|can|could|will|would|should|of)\b)",
    re.IGNORECASE,
)
# "Why …", "How did …" and "Is …" ask for sentences, "How many …" and "Who …" for a few words.
_AUXILIARIES = "is are was were do does did has have had can could will would should may might must"
_PRESENT = ("is", "are", "do", "does")
_ASKS_FOR_SENTENCES = re.compile(
    rf"\W*(?:why|(?:how )?(?:{_AUXILIARIES.replace(' ', '|')})|how (?:to|come)|explain|describe|summari[sz]e|tell)\b",
    re.IGNORECASE,
)
_FIRST_AUXILIARY = re.compile(rf"\b(?:{_AUXILIARIES.replace(' ', '|')})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_DEFINED = re.compile(r"^(?:who|what) (?:is|was|are|were) (?:an? |the )?(?P<what>\S+(?: \S+){0,3}?)\W*$", re.IGNORECASE)
_RELATIVE_PERIOD = re.compile(r"\b(?:yesterday|(?:this|last) (?:week|month))\b", re.IGNORECASE)
_LATEST = re.compile(rf"\b(?:{LATEST})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A text to search for.

    Attributes:
        text: the text.
        terms_text: the text with the words that only state the type of answer ("how long") replaced by spaces.
        names: the capitalised names in the text.
        years: the years in the text.
        expected: the type of answer that is expected, if it is recognised.
        expects_words: a few words answer; not so for "why", "how" and questions to be answered with yes or no.
        expects_list: several things are asked for.
        defined: the person or thing whose definition is asked for ("Who is Kirby?"); empty for other texts.
        prefers_latest: the latest news is asked for.
        is_present: the text asks how things are now ("Who is …", "What does …").
        is_relative: the text names a period relative to today that ended before it, such as "last week".
        vector: the embedding of the text, float32 [dim], if it has been computed.
    """

    text: str
    terms_text: str
    names: tuple[str, ...]
    years: tuple[str, ...]
    expected: ExpectedAnswer | None
    expects_words: bool
    expects_list: bool
    defined: str
    prefers_latest: bool
    is_present: bool
    is_relative: bool
    vector: Vector | None = field(default=None, compare=False, repr=False)

    @staticmethod
    def of(text: str, vector: Vector | None = None) -> SearchQuery:
        """Return the query for a question or any other text, optionally with its embedding."""
        defined = _DEFINED.match(text)
        return SearchQuery(
            text,
            mask_answer_type(text),
            names_in(text),
            tuple(_YEAR.findall(text)),
            ExpectedAnswer.of(text),
            not _ASKS_FOR_SENTENCES.match(text),
            expects_list(text),
            defined["what"] if defined else "",
            bool(_LATEST.search(text)),
            (auxiliary := _FIRST_AUXILIARY.search(text)) is not None and auxiliary[0].lower() in _PRESENT,
            bool(_RELATIVE_PERIOD.search(text)),
            vector,
        )

    @property
    def names_after_first_word(self) -> tuple[str, ...]:
        """The names without the first word of the text, which is capitalised in any case."""
        first = self.text.split()[0]
        return tuple(" ".join(word for word in name.split() if word != first) for name in self.names)


def mask_answer_type(query: str) -> str:
    """Replace the words of a query that only state the type of answer ("how long", "latest", "year") by spaces."""
    query = _DEGREE_OR_TIME.sub(lambda match: " " * len(match[0]), query)
    if match := _KIND_OF_ANSWER.search(query):
        query = f"{query[: match.start('kind')]}{' ' * len(match['kind'])}{query[match.end('kind') :]}"
    return query
