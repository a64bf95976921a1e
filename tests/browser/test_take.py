"""Answers, quotes and conversations leave the page: by the clipboard, as files, on paper."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.conftest import Served

QUESTION = "What did Kirby say?"


@pytest.fixture
def answered(open_page: Callable[..., Watched], served: Served) -> Watched:
    """A window in which a question was answered."""
    watched = open_page()
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.url)
    watched.page.locator("#question textarea").fill(QUESTION)
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator(".copy-answer").first).to_be_visible(timeout=120_000)  # the first answer loads models
    return watched


def clipboard(page: Page, kind: str) -> str:
    # The clipboard may change while it is read: then it is read again.
    script = """async kind => { for (;;) try {
      const [item] = await navigator.clipboard.read(); return await (await item.getType(kind)).text();
    } catch (error) { if (error.name !== "InvalidStateError") throw error; } }"""
    return str(page.evaluate(script, kind))


def wait_for_text(page: Page, part: str) -> None:
    """Wait until the plain text of the clipboard has a part."""
    for _ in range(200):
        if part in (text := clipboard(page, "text/plain")):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"copied: {text!r}")


def said(page: Page, words: str) -> None:
    expect(page.locator("#take-status[role=status]")).to_have_text(words)
    expect(page.locator("#take-status")).to_be_visible()


def pdf_text(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_an_answer_and_a_quote_are_copied_with_their_source(answered: Watched, served: Served) -> None:
    page = answered.page
    page.get_by_role("button", name="Copy answer").click()
    said(page, "Copied, with its source.")
    text, html = clipboard(page, "text/plain"), clipboard(page, "text/html")
    for origin in ("John Kirby (White House spokesman), reported speech", "Sample articles, 25 December 2022"):
        assert origin in text
        assert origin in html
    assert html.count("<blockquote>") == 5
    page.get_by_role("button", name="Copy as Markdown").first.click()
    wait_for_text(page, "\n> — John Kirby (White House spokesman), reported speech")

    details = page.locator("#sources .take-quotes").first
    details.locator("summary").click()
    details.get_by_role("button", name="Copy quote").first.click()
    wait_for_text(page, "White House spokesman John Kirby rejected the remarks.\n— John Kirby")
    details.get_by_role("button", name="Copy link").first.click()
    said(page, "Link copied.")
    link = clipboard(page, "text/plain")
    assert re.fullmatch(re.escape(served.url) + r"/a/\d+#964-1018", link)
    page.goto(link)
    expect(page.locator("mark")).to_have_text("White House spokesman John Kirby rejected the remarks.")
    assert answered.violations == []
    assert answered.foreign == []


def test_copying_works_where_the_clipboard_is_not_allowed(answered: Watched) -> None:
    page = answered.page
    page.evaluate("() => { Object.defineProperty(navigator.clipboard, 'write', { value: () => Promise.reject(0) }) }")
    page.get_by_role("button", name="Copy answer").click()
    said(page, "Copied, with its source.")
    assert "John Kirby" in clipboard(page, "text/plain")
    assert "<blockquote>" in clipboard(page, "text/html")
    page.evaluate("() => { document.execCommand = () => false }")
    page.get_by_role("button", name="Copy as plain text").click()
    dialog = page.locator("#take-dialog")
    expect(dialog).to_be_visible()
    assert "John Kirby" in dialog.locator("textarea").input_value()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_conversation_is_saved_and_printed(answered: Watched, served: Served, tmp_path: Path) -> None:
    page = answered.page
    saved: dict[str, bytes] = {}
    for button in ("Markdown (.md)", "Word (.docx)", "RIS (.ris)"):
        page.locator("#export-menu summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        saved[path.suffix] = path.read_bytes()
        said(page, "Saved as a file.")
        expect(page.locator("#export-menu > div")).to_be_hidden()
    assert saved[".md"].decode().startswith("# What did Kirby say?")
    quotes = [one.text for one in Document(io.BytesIO(saved[".docx"])).paragraphs if one.style.name == "Quote"]
    assert len(quotes) == 5
    assert saved[".ris"].startswith(b"TY  - NEWS")

    printed = pdf_text(page.pdf())
    for words in (QUESTION, *quotes, "Sources", "Putin says he wants war in Ukraine to end"):
        assert " ".join(words.split()) in printed, words
    for control in ("Copy answer", "Export", "Show whole article", "Speakers"):
        assert control not in printed
    page.route("**/print.js", lambda route: route.abort())  # it would open the print dialog, one at a time
    page.goto(f"{served.url}/page{page.url.removeprefix(served.url).replace('/c/', '/conversations/')}/print")
    printed = pdf_text(page.pdf())
    assert all(" ".join(quote.split()) in printed for quote in quotes)
    assert "25 December 2022" in printed
    assert answered.violations == []


def test_nothing_is_exported_before_a_question(watched: Watched) -> None:
    watched.page.locator("#export-menu summary").click()
    watched.page.get_by_role("button", name="Word (.docx)").click()
    said(watched.page, "Ask a question first.")
    watched.page.locator("#export-menu summary").click()
    watched.page.keyboard.press("Escape")
    expect(watched.page.locator("#export-menu > div")).to_be_hidden()
    expect(watched.page.locator("#export-menu summary")).to_be_focused()


def test_statements_of_a_speaker_are_a_table(watched: Watched, served: Served) -> None:
    page = watched.page
    page.get_by_role("tab", name="Speakers").click()
    page.locator("#speakers label", has_text="John Kirby").click()
    link = page.get_by_role("link", name="Download all as a table (CSV)")
    expect(link).to_be_visible()
    response = page.request.get(f"{served.url}{link.get_attribute('href')}")
    rows = list(csv.DictReader(io.StringIO(response.body().decode("utf-8-sig"))))
    assert {row["speaker"] for row in rows} == {"John Kirby"}
    assert len(rows) == 5
