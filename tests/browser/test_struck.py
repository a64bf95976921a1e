"""Written answers on the page: unsupported sentences are struck out, and a rewritten question can be edited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from playwright.sync_api import expect

from index import Embedder
from rag import LanguageModel, Writer
from tests.browser.conftest import Watched
from tests.browser.test_written import ask_for_a_written_answer
from tests.conftest import Served, serve_library
from tests.model_server import as_json, pieces_of, serving_model, stream

REWRITTEN = "What did Kirby say about Biden?"
SAID, WORDS = "Kirby said that Biden was open to talks with Putin.", "Biden was open to talks with Putin"
INVENTED = "He resigned in 1999."


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Served]:
    """The app with a model server that writes a supported sentence, an invented one and an image."""
    with serving_model() as model:

        def answer(handler: BaseHTTPRequestHandler) -> None:
            sentences = [SAID, INVENTED, "<img src=x> ![six](http://evil.example/i.png)"]
            text = as_json(*((sentence, [(number, WORDS) for number in range(1, 9)]) for sentence in sentences))
            stream(handler, [REWRITTEN] if "Rewrite" in model.prompt() else pieces_of(text))

        model.serve = answer
        yield from serve_library(
            tmp_path_factory.mktemp("struck") / "library",
            embedder,
            writer=lambda library: Writer(library, LanguageModel(model.url, "test"), 60, "strike"),
        )


def test_struck_sentences_and_a_rewritten_question(watched: Watched) -> None:
    page = watched.page
    answers = page.locator("#chat .bot.message")
    ask_for_a_written_answer(page, "What did Kirby say?")
    expect(answers.last.locator("s").first).to_have_text(INVENTED)
    expect(answers.last).to_contain_text(re.compile("Not supported by the articles: .*1999"))
    expect(answers.last.locator("p").first).to_have_text(f"{SAID} [1]")
    expect(page.locator("#question .submit-button")).to_be_visible()

    ask_for_a_written_answer(page, "And about Biden?")
    expect(answers).to_have_count(2)
    expect(answers.last).to_contain_text(f"Interpreted as: {REWRITTEN}")
    expect(answers.last.locator("s").first).to_have_text(INVENTED)
    assert page.locator("#chat img, #sources img").count() == 0
    assert page.locator("#chat a:not(.marker)").count() == 0
    answers.last.get_by_role("button", name="Edit").click()
    expect(page.get_by_role("textbox", name="Your question")).to_have_value(REWRITTEN)
