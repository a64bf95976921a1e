"""Hostile text stays text in every part of the page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Hit, Passage
from rag import Answer, Citation
from web.ui.html import (
    answer_html,
    article_html,
    byline,
    escape,
    notice_html,
    plain_text,
    sources_html,
    title_of,
    web_address,
)
from web.ui.results import SourceResult, results_html

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "![image](http://evil.example/x.png) [link](javascript:alert(1)) http://evil.example",
    "${alert(1)} {{constructor}} $$x$$ \\(y\\) `code` **bold** # heading",
    "</article></section></dialog>\n\n# Markdown\n\n```mermaid\ngraph TD\n```",
    "&lt;script&gt; &amp;#60; \" ' \r\n\t\x0b\x0c end",
]
hostile_text = st.text() | st.sampled_from(HOSTILE)


class Reader(HTMLParser):
    """Parses HTML as a browser does, into its tags and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}


# The links of article 7 to references for citation managers.
REFERENCES = tuple(f"/api/v1/articles/7/citation?format={kind}" for kind in ("bibtex", "ris", "csl"))


def make_article(text: str = "One. Two. Three.", **details: object) -> Article:
    known = {"id": 7, "title": "A title", "sources": ("a.txt",), "added": datetime(2024, 1, 2, tzinfo=UTC)}
    return Article(text=text, **(known | details))  # type: ignore[arg-type]


def make_answer(article: Article, start: int, end: int, text: str = "Bob said:\n\n“…” [1]") -> Answer:
    return Answer("?", text, [Citation(1, article.id, article.text[start:end], start, end)])


def attributes_of(reader: Reader, tag: str) -> list[dict[str, str | None]]:
    return [attributes for name, attributes in reader.tags if name == tag]


@given(hostile_text)
def test_escaped_text_is_one_line_and_has_no_markup(text: str) -> None:
    shown = escape(text)
    # Of the ASCII punctuation, only the characters of references are left.
    assert not set("<>\"'`*_[](){}!$\\|~:/@.\n\r\t") & set(shown)
    assert shown.count("&") == shown.count("&#")
    assert not Reader(shown).tags


@given(hostile_text)
def test_escaping_can_be_undone(text: str) -> None:
    assert plain_text(escape(text)) == text.encode("utf-8", "replace").decode().strip()


@given(title=hostile_text, text=hostile_text.filter(bool), publisher=hostile_text, url=hostile_text)
def test_hostile_articles_add_no_tags(title: str, text: str, publisher: str, url: str) -> None:
    article = make_article(text, title=title, publisher=publisher, url=url, sources=(title or "a.txt",))
    harmless = make_article("x" * len(text), publisher="P")
    for render in (
        lambda article: sources_html(make_answer(article, 0, 1), {article.id: article}, 1),
        lambda article: article_html(article),
        lambda article: results_html([SourceResult(article.source, "failed", article.title)]),
        lambda article: notice_html(article.text),
    ):
        shown = Reader(render(article))
        extra = {"a"} if web_address(url) else set()
        assert shown.names() - extra == Reader(render(harmless)).names() - extra
        assert all(not name.startswith("on") for _, attributes in shown.tags for name in attributes)
        assert all(link["href"] in (url, url.strip(), *REFERENCES) for link in attributes_of(shown, "a"))


@given(hostile_text)
def test_hostile_answers_have_only_paragraphs_and_known_markers(text: str) -> None:
    shown = Reader(answer_html(make_answer(make_article(), 0, 4, text + " [1] [2]"), turn=3))
    assert shown.names() <= {"p", "a"}
    assert {link["href"] for link in attributes_of(shown, "a")} == {"#source-3-1"}
    assert "[2]" in shown.text


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_marks_cover_exactly_the_quotes(text: str, data: st.DataObject) -> None:
    article = make_article(text)
    places = st.integers(0, len(text))
    spans = [sorted((data.draw(places), data.draw(places))) for _ in range(3)]
    citations = [Citation(n, 7, text[a:b], a, b) for n, (a, b) in enumerate(spans, 1)]
    answer = Answer("?", "[1] [2] [3]", citations)
    shown = sources_html(answer, {7: article}, turn=1)
    for n, (start, end) in enumerate(spans, 1):
        source = shown.split(f'id="source-1-{n}" tabindex="-1">')[1]
        assert exact_text(source.split("</mark>")[0]) == text[start:end]
        assert shown.count(f'id="mark-1-{n}"') == 1
    marked = re.findall(r'<mark id="mark[^>]*>(.*?)</mark>', shown)
    covered = sorted(set().union(*(range(start, end) for start, end in spans)))
    assert "".join(map(exact_text, marked)) == "".join(text[place] for place in covered)


def exact_text(shown: str) -> str:
    """The text of escaped HTML, white space included."""
    return plain_text(f".{shown}.")[1:-1]


def test_a_marker_within_a_quote_is_not_a_link() -> None:
    article = make_article("As shown in [1].")
    shown = answer_html(make_answer(article, 0, 16, "“As shown in [1].” [1]"), turn=1)
    assert len(attributes_of(Reader(shown), "a")) == 1
    assert plain_text(shown) == "“As shown in [1].” [1]"


def test_a_source_has_number_title_byline_link_passage_and_article() -> None:
    article = make_article(
        "One. Two. Three.",
        publisher="The Gazette",
        published=date(2022, 12, 22),
        url="https://example.org/a?b=1&c",
    )
    hit = Hit(Passage(1, 7, "One. Two.", 0, 9, ()), 1.0)
    answer = Answer("?", "“Two.” [1]", [Citation(1, 7, "Two.", 5, 9, passage_id=1)], [hit])
    shown = sources_html(answer, {7: article}, turn=2)
    reader = Reader(shown)
    links = [link for link in attributes_of(reader, "a") if link["href"] not in REFERENCES]
    assert links == [{"href": article.url, "target": "_blank", "rel": "noopener noreferrer"} for _ in range(2)]
    assert "1 A titleThe Gazette · 22 December 2022 Read at example.orgOne. Two.Show whole article" in reader.text
    assert [button["value"] for button in attributes_of(reader, "button") if "value" in button] == [
        *("mark-2-1", "7:5-9:html", "7:5-9:md", "/a/7#5-9"),
    ]
    assert reader.text.endswith("One. Two. Three.")


def test_a_quote_without_a_passage_is_shown_in_context() -> None:
    article = make_article(". ".join(f"This is sentence number {n:03}" for n in range(60)) + ".")
    quote = "This is sentence number 030."
    start = article.text.index(quote)
    shown = sources_html(make_answer(article, start, start + len(quote)), {7: article}, turn=1)
    passage = plain_text(shown.split('<blockquote class="passage" dir="auto">')[1].split("</blockquote>")[0])
    assert quote in passage
    assert passage.startswith("This is sentence number 02")
    assert passage.endswith(".")
    assert len(passage) < 700


def test_related_passages_have_no_numbers() -> None:
    hit = Hit(Passage(1, 7, "One. Two.", 0, 9, ()), 1.0)
    answer = Answer("?", "The articles don't say.", [], [hit], abstained=True)
    reader = Reader(sources_html(answer, {7: make_article()}, turn=1))
    assert re.match("Sources.*One related passage.*A title", reader.text)
    assert not [span for span in attributes_of(reader, "span") if span.get("class") == "number"]


def test_a_removed_article_leaves_a_hint() -> None:
    shown = sources_html(make_answer(make_article(), 0, 4), {}, turn=1)
    assert "no longer in your library" in Reader(shown).text


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http://",
        "ftp://a.b/c",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "http://[",
        "file:///etc/passwd",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None
    assert "<a " not in article_html(make_article(url=url))


def test_titles_and_bylines_leave_out_missing_parts() -> None:
    assert title_of(make_article(title=" \n ")) == "Untitled article"
    assert title_of(make_article(title="Two\nlines")) == "Two lines"
    assert byline(make_article()) == ""
    assert byline(make_article(author="A. Writer", published=date(2024, 5, 6))) == "A. Writer · 6 May 2024"
