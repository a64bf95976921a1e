"""The names in bylines and fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning.authors import clean_authors, is_byline, is_name


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("By Ada Brown and Carl Dean", "Ada Brown, Carl Dean"),
        ("by ADA BROWN & Carl Dean, Political Editors", "Ada Brown, Carl Dean"),
        ("Words by Ada Brown", "Ada Brown"),
        ("By Ada Brown, Senior Reporter, and Carl Dean, Chief Editor", "Ada Brown, Carl Dean"),
        ("Ada Brown in London and Carl Dean in Paris", "Ada Brown, Carl Dean"),
        ("By Ada Brown, Political Editor, London", "Ada Brown"),
        ("Ada Brown - Economics correspondent", "Ada Brown"),
        ("Ada Brown is a reporter at the Post", "Ada Brown"),
        ("Ada Brown (BBC)", "Ada Brown"),
        ("Ada Brown, PhD", "Ada Brown"),
        ("Ada Brown <ada@post.example>", "Ada Brown"),
        ("ada@post.example (Ada Brown)", "Ada Brown"),
        ("Ada Brown @adabrown https://post.example/ada", "Ada Brown"),
        ("Se&amp;aacute;n O&#039;Neill", "Seán O'Neill"),
        ("<b>Ada</b> Brown<br>", "Ada Brown"),
        ("Brown, Ada; Dean, Carl", "Ada Brown, Carl Dean"),
        ("Ada Brown; ada brown; Ada Brown", "Ada Brown"),
        ("Reporting by Ada Brown; Editing by Carl Dean; Photographs by Eve Fox", "Ada Brown"),
        ("Ada Brown Political Editor", "Ada Brown"),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr."),
        ("JOHN MCDONALD AND SEÁN O’NEILL", "John McDonald, Seán O’Neill"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("Carl King and Ada Bishop", "Carl King, Ada Bishop"),
        ("Danica Kirka; Jill Lawless Associated Press", "Danica Kirka, Jill Lawless"),
        ("Ada Brown | Updated: Feb 13, 2020, 13:10 IST", "Ada Brown"),
        ("Posted by Ada Brown on March 7, 2023 | 4 min read", "Ada Brown"),
        ("Ada Brown March 7", "Ada Brown"),
        ("PTI; Updated Feb", "PTI"),
        ("Ada Brown, Northbridge Echo", "Ada Brown"),
        ("Northbridge Echo", "Northbridge Echo"),
        ("The Associated Press", "The Associated Press"),
        ("AFP, Reuters", "AFP, Reuters"),
        ("孙晓", "孙晓"),
        ('["Ada Brown", "Carl Dean"]', "Ada Brown, Carl Dean"),
        ("""["Seán O'Neill", 'Carl Dean']""", "Seán O'Neill, Carl Dean"),
        ('[{"name": "Ada Brown"}, {"name": "Carl Dean"}]', "Ada Brown, Carl Dean"),
        ([{"name": "Ada Brown"}, "Carl Dean", 7, None], "Ada Brown, Carl Dean"),
        ("admin", None), ("Staff Writer", None), ("By", None), ("", None), ("n/a", None), ("[[[[", None), (7, None),
        ("python-docx", None), ("owner", None), ("7 March 2023", None), ("[" * 5000, None), ("{1: " * 300, None),
    ],
)  # fmt: skip
def test_authors(field: object, authors: str | None) -> None:
    assert clean_authors(field) == authors


def test_the_outlet_is_no_author_beside_a_person() -> None:
    assert clean_authors("Ada Brown; Nearby", "Nearby") == "Ada Brown"
    assert clean_authors("Ada Brown, CNN", "Other") == "Ada Brown"
    assert clean_authors("Nearby", "Nearby") == "Nearby"


@pytest.mark.parametrize(
    "line", ["By Ada Brown", "By Ada Brown, Political Editor", "BY ADA BROWN", "By AFP", "By: Ada Brown"]
)
def test_bylines(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday evening the council had voted", "By the sea", "By", "Ada Brown",
        "By Ada Brown’s account, it was late.", "By 2030 the ferry will be gone",
    ],
)  # fmt: skip
def test_lines_that_are_no_bylines(line: str) -> None:
    assert not is_byline(line)


def test_names() -> None:
    assert is_name("Ada Brown")
    assert is_name("Ada Brown and Carl Dean")
    assert not is_name("Northbridge Post")
    assert not is_name("Ferry terminal")
    assert not is_name("Share")
    assert not is_name("Present: Ada Brown, Carl Dean")
    assert not is_name("New York")


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_value(value: object) -> None:
    authors = clean_authors(value)
    assert authors is None or authors.strip()
