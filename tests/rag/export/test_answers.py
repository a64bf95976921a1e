"""Exported answers: quotes with origin and kind of speech, nothing forged, and nothing of an article as markup."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from index import Article, Library, Statement
from rag import Answer, Assistant, Citation
from rag.export import (
    Claim,
    Exchange,
    ExportedQuote,
    export_answer,
    export_claim,
    reference_of,
    statement_rows,
    to_csv,
    to_docx,
    to_html,
    to_markdown,
    to_text,
)
from rag.export.reference import clean

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "# Heading\n- item\n1. one\n> quote\n===\n---\n```\ncode\n```\n| a | b |",
    "[a](http://evil.example) ![x](http://evil.example/x.png) <http://evil.example> www.evil.example",
    "<script>alert(1)</script><img src=x onerror=alert(1)> &amp; &lt;",
    "a*b*c __d__ `e` ~~f~~ $x^2$ \\* a@b.example [^1]: note",
    "bell\x07 null\x00 escape\x1b[31m vertical\x0b next\x85 \u2028 \ud800 \uffff",
]


def exchange(text: str, url: str = "https://outlet.example/a") -> Exchange:
    article = Article(
        *(7, text, text, (text,), datetime(2026, 1, 1, tzinfo=UTC)),
        url=url,
        publisher=text,
        author=text,
        published=date(2025, 3, 4),
    )
    quote = ExportedQuote(1, text, 0, len(text), reference_of(article), text, f"{url}#:~:text=a")
    return Exchange(text, text, (text, quote), (text,))


def shown(html: str) -> str:
    return "".join(Markup(html).striptags().split())


@pytest.fixture(scope="module")
def kirby(assistant: Assistant) -> Answer:
    return assistant.ask("What did Kirby say?")


def test_an_answer_has_its_quotes_with_origin_and_kind_of_speech(kirby: Answer, samples: Library) -> None:
    exported = export_answer(samples, kirby)
    assert [quote.words for quote in exported.quotes] == [citation.quote for citation in kirby.citations]
    origin = exported.quotes[1].origin
    assert origin.startswith("John Kirby (White House spokesman), reported speech. Putin says he wants war")
    assert "Sample articles, 25 December 2022" in origin
    assert exported.question == "What did Kirby say?"
    for text in (to_text([exported]), to_markdown([exported]), shown(to_html([exported]))):
        for citation in kirby.citations:
            assert "".join(citation.quote.split()) in "".join(text.replace("\\", "").split())


def test_a_fact_has_its_short_answer(assistant: Assistant, samples: Library) -> None:
    answer = assistant.ask("Who won the Nobel Prize for the mRNA vaccines?")
    exported = export_answer(samples, answer)
    assert exported.short_answer == answer.short_answer
    assert exported.quotes[0].text.startswith("“")
    assert exported.quotes[0].speech == ""


def test_quotes_that_the_library_does_not_confirm_are_left_out(kirby: Answer, samples: Library) -> None:
    good = kirby.citations[1]
    forged = [
        replace(good, marker=1, quote="Kirby resigned."),
        replace(good, marker=2, start=good.start + 1),
        replace(good, marker=3, article_id=10**9),
        replace(good, marker=4, start=-len(good.quote), end=0, quote=""),
        replace(good, marker=5, url="https://evil.example/", directive="text=x"),
    ]
    text = "Joe Biden:\n\n“I resign.” [1]"
    exported = export_claim(samples, Claim("What did Kirby say?", text, citations=forged, short_answer="resigned"))
    assert [quote.marker for quote in exported.quotes] == [5]
    assert exported.quotes[0].words == good.quote
    assert exported.quotes[0].speech.startswith("John Kirby")
    assert exported.quotes[0].link is None  # the sample has no address; the request's isn't believed
    assert len(exported.notes) == 4
    assert exported.short_answer == ""
    assert "Biden:" not in to_text([exported])
    assert "I resign" not in to_text([exported])


def test_other_text_of_a_claim_is_marked_as_not_checked(samples: Library) -> None:
    exported = export_claim(samples, Claim("Q?", "“I resign,” said Biden."))
    assert "wasn't checked" in exported.notes[0]
    assert export_claim(samples, Claim("Q?", "I resign", abstained=True)).blocks == (
        "I couldn't find an answer in your articles.",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_text_literally(text: str) -> None:
    markdown = to_markdown([exchange(text)], title=text)
    html = MarkdownIt("gfm-like", {"linkify": False}).render(markdown)
    for tag in ("<script", "<img", "<ul", "<ol", "<pre", "<code", "<table", "<hr", "<s>", 'href="http://evil'):
        assert tag not in html
    links = html.count("<a ")
    assert links == html.count('href="https://outlet.example/a#:~:text=a"') == 1
    words = "".join(char for char in text.encode("utf-8", "ignore").decode() if char.isalnum())
    assert "".join(char for char in Markup(html).striptags() if char.isalnum()).count(words) >= 5


@given(st.text(max_size=60))
def test_markdown_keeps_any_text(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(to_markdown([Exchange("", blocks=(text,))]))
    assert shown(html) == "".join(Markup.escape(clean(text)).striptags().split())


@pytest.mark.parametrize("text", HOSTILE)
def test_html_escapes_everything(text: str) -> None:
    html = to_html([exchange(text)])
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_word_documents_are_read_back(text: str) -> None:
    file = to_docx([exchange(text)], title=text)
    document = Document(io.BytesIO(file))
    quotes = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Quote"]
    words = "".join(char for char in text.encode("utf-8", "ignore").decode() if char.isalnum())
    assert ["".join(filter(str.isalnum, quote)) for quote in quotes] == [words]
    targets = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert targets == ["https://outlet.example/a#:~:text=a"]
    assert "DDEAUTO" not in zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_file_is_a_formula(text: str) -> None:
    article = Article(7, text, text, (text,), datetime(2026, 1, 1, tzinfo=UTC), publisher=text, author=text)
    statement = Statement(7, text, text, text, 0, len(text), role=text, via=text, mention=text)
    for lines in (to_csv([exchange(text)]), "".join(statement_rows([([statement], {7: article})]))):
        assert lines.startswith("\ufeff")
        header, row = csv.reader(io.StringIO(lines[1:]))
        assert len(header) == len(row)
        assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r"))]
        assert any(cell.lstrip("'") for cell in row)


def test_a_removed_article_is_named_as_such(kirby: Answer, samples: Library) -> None:
    articles = {citation.article_id: samples.article(citation.article_id) for citation in kirby.citations}
    exported = export_answer(samples, kirby, articles, removed=set(articles))
    assert all("removed from the library" in quote.origin for quote in exported.quotes)
    assert export_answer(samples, replace(kirby, citations=[Citation(1, 10**9, "x", 0, 1)])).quotes == []
