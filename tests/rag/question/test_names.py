"""Capitalised names in questions."""

from rag.grammar import names_in


def test_names() -> None:
    assert names_in("What did John Kirby tell the White House in Washington about O’Neill's dog?") == (
        "John Kirby",
        "White House",
        "Washington",
        "O’Neill",
    )
