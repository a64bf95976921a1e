"""PDFs: columns, lines and the head of the article."""

from pathlib import Path

import pytest

from index.ingest.load import load
from index.records import LoadedArticle

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
