"""Markdown is read as displayed: without its markup and the HTML in it."""

from pathlib import Path

import pytest

from index.ingest.load import load
from index.records import LoadedArticle


def text_of(path: Path) -> str:
    (article,) = load(path)
    assert isinstance(article, LoadedArticle)
    return article.text


def test_html_in_markdown_is_markup() -> None:
    text = text_of(Path("tests/data/pages/html_tags.md"))
    assert text.startswith("The council voted.\n\nThe mayor, Ruth Calder, said")
    assert "she told the meeting.\n\nSome two hundred people" in text
    assert "<" not in text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("<div class=x>\n\nThe *vote* was close.\n\n</div>", "The vote was close."),
        ("The vote <!-- check --> was<br>close.", "The vote was close."),
        ("The vote was <span style='color: red'>close</span>.", "The vote was close."),
        ("It lost ~~1.6~~ 1.4 million.", "It lost 1.4 million."),
        ("It lost <del>1.6</del> 1.4 million.", "It lost 1.4 million."),
        ("| Year | Boats |\n|---|---|\n| 2021 | 40 |", "Year Boats\n\n2021 40"),
        ("* One.\n* Two.", "One.\n\nTwo."),
        ("Write to <name> at 5 < 6.", "Write to <name> at 5 < 6."),
        ("The tag `<b>` is bold.", "The tag <b> is bold."),
        ("<details><summary>More</summary>\n\nThe vote was close.\n\n</details>", "More\n\nThe vote was close."),
        ("Fish&nbsp;&amp; chips", "Fish & chips"),
    ],
)
def test_markdown_is_read_as_displayed(tmp_path: Path, markdown: str, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# Harbour\n\n{markdown}\n\nEnd.", encoding="utf-8")
    assert text_of(path) == f"{text}\n\nEnd."
