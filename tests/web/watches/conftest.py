"""A library of short articles, which all tests here share, and watches in files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Embedder, Library
from rag import Assistant
from web.watches import Watches

ARTICLES = 40


def article(number: int) -> str:
    """Every second one is about a ferry; every fourth one quotes the harbour master."""
    subject = "ferry to Lundby" if number % 2 == 0 else "railway in the fells"
    said = "“It was the ice,” harbour master Olga Berg said." if number % 4 == 0 else "No reason was given."
    return f"Report {number}\n\nThe {subject} stopped for {number + 2} hours on Monday. {said}\n"


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    """Articles with the ids 1 to 40. Tests must not change them."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "articles").mkdir()
    for number in range(ARTICLES):
        (folder / "articles" / f"{number:02}.txt").write_text(article(number), "utf-8")
    with Library.open(folder / "library", embedder) as library:
        assert len(library.add(folder / "articles").added) == ARTICLES
        yield Assistant(library)


@pytest.fixture
def watches(news: Assistant, tmp_path: Path) -> Iterator[Watches]:
    watches = Watches(news, tmp_path / "watches.db")
    yield watches
    watches.close()
