"""A small library of one article about a ferry."""

from index import Library

FERRY = "Ferry news\n\nJohn Kirby said that the ferry to Lundby would open on Monday. It rained in the harbour all day."
SCRAP = (
    "Ferry news\n\nNobody denied it. Maria Lopez said that the ferry was sold for scrap after a fire. Kirby was away."
)


def found(library: Library, words: str) -> list[str]:
    ids = [passage_id for passage_id, _ in library.passages.by_words(library.passages.terms(words), 10)]
    return [passage.text for passage in library.passages.by_id(ids).values()]
