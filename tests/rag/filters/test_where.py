"""Which articles a filter selects, and what it refuses."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from index import ArticleNotFound, CollectionNotFound, FilterError, Label, Library, Where


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {1, 2, 3, 4, 5, 6}),
        ({"publishers": ["daily post"]}, {1, 2}),
        ({"publishers": ["sun"]}, {3, 4}),  # not the Sunday Times
        ({"publishers": ["Times", "elan"]}, {5, 6}),  # in part, and without the accent
        ({"publishers": ["Nobody’s Gazette"]}, set()),
        ({"authors": ["Lee"]}, {1, 4}),
        ({"authors": ["tom reed"]}, {1}),
        ({"since": date(2022, 5, 3)}, {3, 4, 5, 6}),
        ({"since": date(2022, 4, 2), "until": date(2023, 1, 4)}, {2, 3, 4}),
        ({"since": date(2023, 1, 1), "until": date(2022, 1, 1)}, set()),
        ({"languages": ["EN"]}, {1, 2, 3, 4, 5, 6}),
        ({"languages": ["de"]}, set()),
        ({"tags": ["weather"]}, {1, 2, 6}),
        ({"tags": ["WEATHER", "élite"]}, {1, 2, 3, 6}),
        ({"collections": ["to read"]}, {2, 5}),
        ({"speakers": ["Olsen"]}, {1, 3}),
        ({"speakers": ["berg", "nobody"]}, {4, 5}),
        ({"article_ids": [6, 1, 1, 99]}, {1, 6}),
        ({"publishers": ["The Sun"], "authors": ["Fox"], "speakers": ["Olsen"]}, {3}),
        ({"publishers": ["'; DROP TABLE articles; --", '" OR 1=1', "%", "_"][:2]}, set()),
    ],
)
def test_a_filter_selects(harbour: Library, fields: dict[str, Any], expected: set[int]) -> None:
    where = Where(**fields)
    assert {article.id for article in harbour.articles(where=where)} == expected
    assert harbour.count_articles(where=where) == harbour.catalog.count(harbour.select(where)) == len(expected)
    assert {s.article_id for s in harbour.statements(where=where)} <= expected


def test_filters_are_combined(harbour: Library) -> None:
    selection = harbour.select(Where(publishers=("The Sun",)), None, Where(authors=("Fox",)))
    assert harbour.catalog.count(selection) == 1
    assert harbour.count_articles("story 4", Where(publishers=("The Sun",))) == 1


def test_statements_are_those_of_the_speakers(harbour: Library) -> None:
    found = harbour.statements(where=Where(speakers=("Berg",)))
    assert {statement.speaker for statement in found} == {"Berg"}
    assert harbour.statements(speakers=["Olsen"], where=Where(speakers=("Berg",))) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"publishers": "The Sun"}, "publishers is 'The Sun'; it must be a list"),
        ({"authors": [5]}, "authors contains 5, which isn't a name"),
        ({"tags": [" ?"]}, "tags contains ' [?]', which has no letter or digit"),
        ({"tags": ["x" * 301]}, "too long .301 of 300"),
        ({"speakers": [str(n) for n in range(201)]}, "speakers has 201 values; the limit is 200"),
        ({"languages": ["english"]}, "languages contains 'english'; write a language as a code"),
        ({"article_ids": range(1, 10_002)}, "article_ids has 10,001 values; the limit is 10,000"),
        ({"article_ids": [True]}, "article_ids contains True"),
        ({"article_ids": [1 << 63]}, "article_ids contains 9223372036854775808"),
        ({"since": "2022-01-01"}, "since is '2022-01-01'; it must be a date"),
        ({"until": datetime(2022, 1, 1)}, "until is datetime"),
    ],
)
def test_a_value_that_is_not_allowed_is_named(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FilterError, match=message):
        Where(**fields)


def test_ten_thousand_ids_are_allowed(harbour: Library) -> None:
    where = Where(article_ids=tuple(range(2, 10_002)))
    assert harbour.count_articles(where=where) == 5
    assert len(harbour.passages.by_words(["ferri"], 10, harbour.select(where))) == 3


def test_a_description_is_plain_english() -> None:
    where = Where(publishers=("A1", "B"), tags=("x",), since=date(2022, 3, 1), until=date(2022, 3, 2), article_ids=(4,))
    words = "outlets A1 or B, tag x, article 4, published between 1 March 2022 and 2 March 2022"
    assert where.describe() == words
    assert (Where().describe(), Where().is_empty, where.is_empty) == ("", True, False)
    assert Where(authors=tuple("abcdef")).describe() == "authors a, b, c or 3 others"


def test_tags_and_collections(library: Library, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Story {name}\n\nThe ferry was late.{name}")
    library.add(tmp_path)
    library.tag([1, 2], "  To   read ")
    library.tag([2], "TO READ")
    assert library.tags() == [Label("To read", 2)]
    with pytest.raises(ArticleNotFound):
        library.tag([1, 77], "Other")
    library.untag([1, 9], "to read")
    library.untag([1], "never used")
    assert library.catalog.tags([1, 2, 3]) == {2: ("To read",)}
    library.collections.add("Mine")
    library.collections.add("mine", [1])
    library.collections.add("Theirs", [1])
    assert library.collections.list() == [Label("Mine", 1), Label("Theirs", 1)]
    assert library.catalog.collections([1]) == {1: ("Mine", "Theirs")}
    with pytest.raises(FilterError, match="already a collection named 'THEIRS'"):
        library.collections.rename("Mine", "THEIRS")
    library.collections.rename("mine", "Ours")
    library.collections.delete("Theirs")
    for action in (lambda: library.collections.delete("x"), lambda: library.collections.remove("x", [1])):
        with pytest.raises(CollectionNotFound, match="no collection named 'x'"):
            action()
    (tmp_path / "a.txt").write_text("Story a\n\nThe ferry was on time.")  # a new version keeps its labels
    [newer] = library.add(tmp_path / "a.txt").updated
    assert library.catalog.collections([newer]) == {newer: ("Ours",)}
    library.remove(2)
    assert library.tags() == []
    library.remove(newer)
    assert library.collections.list() == [Label("Ours", 0)]
    assert library.check() == []
