"""Links to a place in an article: in the article's own page on the web, and in the page of the app."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from markupsafe import escape
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from index import Span
from rag.verification.text_fragment import text_directive
from tests.conftest import Served

PARAGRAPHS = [
    "The mayor, Ann Lee, said: No comment. Later – on Monday – she opened the well-known bridge, A & B.",
    "Nobody was hurt. “It was a quiet day”, said the police. No comment. That was all.",
    f"It went on: {' and '.join(f'number {n} was counted, again' for n in range(30))}, to the end.",
    "Es gab 50 % mehr Züge – schöne Grüße, 100#1 [sic] (a/b?c=d). The last paragraph ends here.",
]
TEXT = "\n\n".join(PARAGRAPHS)
QUOTES = [
    ("No comment.", 0),
    ("No comment.", 1),
    ("on Monday – she opened the well-known bridge, A & B.", 0),
    ("“It was a quiet day”, said the police.", 0),
    (PARAGRAPHS[2], 0),
    (f"That was all.\n\n{PARAGRAPHS[2]}", 0),
    ("100#1 [sic] (a/b?c=d).", 0),
]
_RED = "::target-text { background: #f00; color: #f00 }"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture(scope="module")
def page_on_the_web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    body = "".join(f'<p style="margin-bottom: 1500px">{escape(paragraph)}</p>' for paragraph in PARAGRAPHS)
    style = f"<style>{_RED} body {{ font: 16px monospace; margin: 20px; color: #000 }}</style>"
    html = f'<!doctype html><meta charset="utf-8"><title>Article</title>{style}<h1>Article</h1>{body}'
    (folder / "article.html").write_text(html, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=Path(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/article.html"
        server.shutdown()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def red_rows(page: Page) -> int:
    """The number of red pixels in the window."""
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    colours = image.getcolors(1_000_000) or []
    return sum(count for count, colour in colours if colour == (255, 0, 0))


def test_chromium_highlights_exactly_the_quote(window: Page, page_on_the_web: str) -> None:
    for quote, occurrence in QUOTES:
        start = -1
        for _ in range(occurrence + 1):
            start = TEXT.index(quote, start + 1)
        directive = text_directive(TEXT, Span(start, start + len(quote)))
        window.goto("about:blank")
        window.goto(f"{page_on_the_web}#:~:{directive}")
        first_line = quote.split("\n")[0]
        paragraph = TEXT[:start].count("\n\n")
        box = window.locator("p").nth(paragraph).bounding_box()
        assert box is not None
        assert -box["height"] < box["y"] < 700, f"{quote!r} isn't scrolled to by {directive}"
        # The area of the highlight is that of the words: 16 pixels high, as wide as a monospaced font has them.
        width = window.evaluate(
            """() => { const span = document.createElement('span'); span.textContent = 'x'; document.body.append(span);
            const { width } = span.getBoundingClientRect(); span.remove(); return width }"""
        )
        if len(first_line) < 200:
            words = quote.replace("\n\n", "") if "\n" not in quote else first_line
            area = red_rows(window) / width / 19
            assert 0.8 * len(words) < area < 1.35 * len(words), f"{quote!r}: {area:.0f} characters by {directive}"


def test_the_page_of_an_article_marks_the_place(window: Page, served: Served) -> None:
    article = next(one for one in served.library.articles() if one.title.startswith("Karik"))
    violations: list[str] = []
    window.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    quote = "Katalin Karikó and Drew Weissman"
    start = article.text.index(quote)
    window.goto(f"{served.url}/a/{article.id}#{start}-{start + len(quote)}")
    mark = window.locator("mark")
    expect(mark).to_have_text(quote)
    expect(mark).to_be_in_viewport()
    expect(mark).to_be_focused()
    assert window.locator("#text").text_content() == article.text
    end = len(article.text)
    window.evaluate("hash => { location.hash = hash }", f"{end - 20}-{end}")
    expect(mark).to_have_text(article.text[-20:].strip())
    expect(mark).to_be_in_viewport()
    for wrong in (f"{end}-{end + 1}", "5-5", "7-3", "x", "1-2-3", "99999999999-99999999999"):
        window.evaluate("hash => { location.hash = hash }", wrong)
        expect(window.locator("#notice")).to_contain_text("isn't in this article")
        expect(mark).to_have_count(0)
    assert violations == []


def test_places_are_counted_in_code_points(window: Page, served: Served, tmp_path: Path) -> None:
    path = tmp_path / "astral.txt"
    path.write_text(
        "Astral signs\n\n" + "Some 👩‍👩‍👧 and 😀 signs, 𝒜 and more. " * 3 + "Then the end.", encoding="utf-8"
    )
    [article_id] = served.library.add(path).added
    text = served.library.article(article_id).text
    start = text.index("Then the end.")
    window.goto(f"{served.url}/a/{article_id}#{start}-{start + 13}")
    expect(window.locator("mark")).to_have_text("Then the end.")
    served.library.remove(article_id)
    response = window.goto(f"{served.url}/a/{article_id}")
    assert response is not None
    assert response.status == 404
    expect(window.locator("main")).to_contain_text("It was removed, or the link is wrong.")
