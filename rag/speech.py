"""What somebody said: the statements of a speaker, about a topic where one is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from index import Library, Statement, bare_name, without_suffix

from .extract import term_share
from .question import names_in
from .retrieve import term_weights

_SHARED = 0.5  # share of a topic's words from which a sentence is about it
_RELATED = 0.3  # cosine from which a sentence is about a topic without sharing words with it …
_RELATED_NAME = 0.5  # … where the topic is somebody or some place by name


def statements_of(library: Library, speaker: str, about: str | None = None) -> list[Statement]:
    """The statements of a speaker: in the order of articles and text, or the nearest to a topic first."""
    names = matching_speakers(speaker, library.speakers())
    statements = library.statements(speakers=names) if names else []
    return related(library, statements, about) if about else statements


def matching_speakers(asked: str, known: Iterable[str]) -> list[str]:
    """The known names that a name in a question may stand for.

    "Kirby" stands for "John Kirby"; "John Kirby" for "Kirby" and "J. Kirby", but not for "Jack Kirby".
    """
    wanted = _words(_without_role(bare_name(asked)))
    return [name for name in known if wanted and _may_be(wanted, _words(name))]


def _without_role(name: str) -> str:
    """ "AG Mukasey" and "Oscar-winner Sarandon" are a role and a name; "JACK KIRBY" and "J. Kirby" are names."""
    parts = name.split()
    while len(parts) > 1 and _is_role(parts[0], parts[-1]):
        parts.pop(0)
    return " ".join(parts)


def _is_role(word: str, last: str) -> bool:
    is_acronym = len(word) > 1 and word.isalpha() and word.isupper() and not last.isupper()
    is_compound = word[0].isupper() and "-" in word and word.rsplit("-", 1)[1].islower()
    return is_acronym or is_compound or word.lower() in ("the", "both")


def _words(name: str) -> list[str]:
    """The words of a name for comparison: no accents, quotation marks, possessive ending or suffix."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = [re.sub(r"[’']s?$", "", word.strip(".,\"“”‘’'()[]")) for word in plain.split()]
    return without_suffix([word for word in words if word])


def _may_be(asked: Sequence[str], known: Sequence[str]) -> bool:
    if not asked or not known:
        return False
    short, full = sorted((asked, known), key=len)
    if list(full[-len(short) :]) == list(short):  # surnames, of several words too
        return True
    if len(asked) == 1:  # "Tedros", "Lee" for "Lee Sedol"
        return asked[0] == known[0]
    if len(known) == 1:
        return False
    same_first = asked[0] == known[0] or (min(len(asked[0]), len(known[0])) == 1 and asked[0][0] == known[0][0])
    return asked[-1] == known[-1] and same_first


def related(library: Library, statements: Sequence[Statement], about: str) -> list[Statement]:
    """The statements that are about a topic, nearest first: they share its words, or mean nearly the same."""
    if not statements:
        return []
    weights = term_weights(library, list(dict.fromkeys(library.terms(about))))
    cosines = _cosines(library, statements, about)
    related_from = _RELATED_NAME if names_in(about) else _RELATED
    scored = []
    for statement in statements:
        share = term_share(library.terms(statement.text), weights)
        cosine = cosines.get((statement.article_id, statement.start), 0.0)
        if share >= _SHARED or cosine >= related_from:
            scored.append((share + cosine, statement))
    scored.sort(key=lambda pair: (-pair[0], pair[1].article_id, pair[1].start))
    return [statement for _, statement in scored]


def _cosines(library: Library, statements: Sequence[Statement], about: str) -> dict[tuple[int, int], float]:
    """Cosine of each sentence to the topic, by article and start, for the articles of the statements."""
    topic = library.embedder.embed_question(about)
    passages = [p for article_id in {s.article_id for s in statements} for p in library.passages_of(article_id)]
    embeddings = library.embeddings([passage.id for passage in passages])
    return {
        (passage.article_id, span.start): float(vector @ topic)
        for passage in passages
        if passage.id in embeddings
        for span, vector in zip(passage.sentences, embeddings[passage.id].sentences, strict=True)
    }
