"""A library of short articles of several outlets, authors and days."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Embedder, Library

# outlet, author, day, language, text
ARTICLES = (
    ("Daily Post", "Ann Lee, Tom Reed", "2022-03-01", "en", "Mayor Olsen said the ferry was late. It was full."),
    ("Daily Post", "Jo Fox", "2022-04-02", "en", "The bridge was closed after the storm. Nobody was hurt."),
    ("The Sun", "Jo Fox", "2022-05-03", "en", "Olsen said that the ferry would stop. The crew went home."),
    ("The Sun", "Ann Lee", "2023-01-04", "en", "Berg said the harbour was full of ice. The ferry waited."),
    ("Sunday Times", "", "2023-02-05", "en", "Berg promised a new bridge. It will cost ten million."),
    ("Élan", "Zoé Roy", "2024-03-06", "en", "The storm of the century hit the harbour. A ferry sank."),
)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Library]:
    """The articles, with ids from 1; not to be changed."""
    folder = tmp_path_factory.mktemp("harbour")
    for number, (outlet, author, day, language, text) in enumerate(ARTICLES, 1):
        head = {"Title": f"Story {number}", "Publisher": outlet, "Author": author, "Date": day, "Language": language}
        lines = "\n".join(f"{name}: {value}" for name, value in head.items() if value)
        (folder / f"{number}.txt").write_text(f"{lines}\n\n{text}\n", encoding="utf-8")
    with Library.open(folder / "library", embedder) as library:
        report = library.add(*sorted(folder.glob("*.txt")))
        assert report.added == [1, 2, 3, 4, 5, 6]
        library.tag([1, 2, 6], "Weather")
        library.tag([3], "Élite")
        library.collections.add("To read", [2, 5])
        yield library
