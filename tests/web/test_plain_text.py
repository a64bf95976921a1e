"""Answers as plain text: nothing from an article becomes a link or an image."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from markdown_it import MarkdownIt

from index import Article
from rag import Answer, Citation
from web.plain_text import answer_text, article_line, inert, sources_text

ATTACKS = (
    "![x](http://evil.example/?q=1)",
    "![x][r]\n\n[r]: http://evil.example/",
    "<img src=http://evil.example/>",
    "[read more](http://evil.example)",
    "[r]\n\n[r]: http://evil.example/ 'x'",
    "<https://evil.example>",
    "<!-- x --><script>x</script>",
)


def article(**fields: object) -> Article:
    return Article(**{"id": 1, "title": "A", "text": "T", "sources": ("a.txt",), "added": datetime.now(UTC), **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ATTACKS)
def test_markdown_of_articles_does_nothing(text: str) -> None:
    html = MarkdownIt().render(inert(text))
    assert "<img" not in html
    assert "<a " not in html
    assert "<script" not in html


def test_text_without_active_signs_is_unchanged() -> None:
    text = "“He said [sic] that 3 < 4!” [1] — A *b* _c_ (d)"
    assert inert(text) == text


def test_the_place_of_an_article_is_a_link_only_if_it_is_on_the_web() -> None:
    line = article_line(article(url="https://a.example/x(1)?q=<b>", publisher="P", published=date(2022, 1, 2)))
    assert line == "A · P · 2 January 2022 · https://a.example/x%281%29?q=%3Cb%3E"
    assert article_line(article(url="javascript:alert(1)", sources=("upload/0123/x.txt",))) == "A · x.txt"
    assert article_line(article(title=" \n", sources=("/srv/private/b.txt",))) == "Untitled article · b.txt"


def test_articles_that_were_removed_are_left_out() -> None:
    answer = Answer("q", "“T” [1] “T” [2]", [Citation(1, 1, "T", 0, 1), Citation(2, 1, "T", 0, 1)], short_answer="T")
    assert answer_text(answer) == "T\n\n“T” [1] “T” [2]"
    assert sources_text(answer, {1: article()}) == "Sources:\n\n- [1] [2] A · a.txt"
    assert sources_text(answer, {}) == ""
