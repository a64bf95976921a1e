"""PDFs: columns, lines and the head of the article."""

from pathlib import Path

import pytest

from index.ingest.load import load
from index.records import LoadedArticle
from tests.pdf_files import HARBOUR, Page, wrapped

DATA = Path(__file__).parents[2] / "data" / "pdf"
HEADLINE = "Ferry terminal to close after council vote"


def read(path: Path) -> LoadedArticle:
    [article] = load(path)
    assert isinstance(article, LoadedArticle)
    return article


@pytest.mark.parametrize("name", ["lines_columns_rowwise", "lines_three_columns"])
def test_columns_are_read_one_after_another(name: str) -> None:
    article = read(DATA / f"{name}.pdf")
    assert article.title == HEADLINE
    assert "The operator lost 1.4 million pounds on the route last year, according to figures" in article.text
    assert "use the boat to reach the hospital on the other bank. The operator" in article.text
    assert "said the decision had been the hardest of her time in office." in article.text
    assert "1.4 hardest" not in article.text


def test_a_large_initial_letter_belongs_to_its_word() -> None:
    article = read(DATA / "lines_drop_cap.pdf")
    assert article.title == HEADLINE
    assert article.text.startswith("The town council of Northbridge voted on Tuesday evening to close the old ferry")
    assert "Part 6: the town council of Northbridge voted on Tuesday evening" in article.text


def test_what_a_browser_prints_in_the_margins_is_dropped() -> None:
    article = read(DATA / "lines_browser_header.pdf")
    assert (article.title, article.author, article.publisher) == (HEADLINE, "Ada Brown", "Northbridge Post")
    assert str(article.published) == "2023-03-07"
    for printed in ("11/25/26", "file:///", "1/2", "2/2"):
        assert printed not in article.text


def test_the_head_of_an_article_in_one_size() -> None:
    article = read(DATA / "head_masthead.pdf")
    assert (article.title, article.author, article.publisher) == (HEADLINE, "Ada Brown", "Northbridge Post")
    assert str(article.published) == "2023-03-07"
    assert article.text.startswith("The town council of Northbridge voted")


HEADS = (
    (
        [("The Northbridge Post", 26), ("March 7, 2023", 8), (HEADLINE, 18), ("Ada Brown", 9)],
        ("Microsoft Word - ferry.doc", "abrown"),
        ("Ada Brown", "The Northbridge Post", "2023-03-07"),
    ),
    (
        [(HEADLINE, 18), ("By ADA BROWN and CARL DEAN", 9), ("Northbridge Post, 7 March 2023", 9)],
        ("untitled", "anonymous"),
        ("Ada Brown, Carl Dean", "Northbridge Post", "2023-03-07"),
    ),
    (
        [(HEADLINE, 9), ("By Ada Brown, transport correspondent", 9), ("Published: 7 March 2023 at 09.15", 9)],
        ("", "Microsoft Office User"),
        ("Ada Brown", None, "2023-03-07"),
    ),
    (
        [(HEADLINE, 18), ("By Ada Brown | Updated 9 March 2023 | 7 March 2023", 9)],
        (f"{HEADLINE} | Northbridge Post", "admin"),
        ("Ada Brown", "Northbridge Post", "2023-03-07"),
    ),
    ([(HEADLINE, 14)], ("", "Ada Brown"), ("Ada Brown", None, "None")),
)


@pytest.mark.parametrize(("head", "properties", "expected"), HEADS)
def test_heads(
    tmp_path: Path,
    head: list[tuple[str, float]],
    properties: tuple[str, str],
    expected: tuple[str, str | None, str],
) -> None:
    page = Page(tmp_path / "a.pdf")
    page.canvas.setTitle(properties[0])
    page.canvas.setAuthor(properties[1])
    y = 800.0
    for line, size in head:
        page.line(50, y, line, size)
        y -= max(1.3 * size, 14)
    page.column(wrapped(HARBOUR, 480), 50, y - 12)
    article = read(page.save())
    assert article.title == HEADLINE
    assert (article.author, article.publisher, str(article.published)) == expected
    assert article.text == HARBOUR.strip()
