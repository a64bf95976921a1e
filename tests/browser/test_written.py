"""Written answers on the page, worded by a real language model on a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from index import Embedder
from rag import LanguageModel, Writer
from tests.browser.conftest import Watched
from tests.conftest import Served, serve_library
from tests.language_model_server import MODEL, WINDOW, serving_language_model

SECONDS = 120.0  # what is tested is what comes, not how soon: the model shares two cores with everything else
QUESTIONS = ("What blocked the Suez Canal?", "What did Kirby say?", "When did DART hit Dimorphos?")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Served]:
    """The app with the small language model."""
    with serving_language_model() as url:
        generator = LanguageModel(url, MODEL, window=WINDOW)
        directory = tmp_path_factory.mktemp("written") / "library"
        yield from serve_library(
            directory, embedder, writer=lambda library: Writer(library, generator, SECONDS, "strike")
        )


def ask_for_a_written_answer(page: Page, question: str) -> None:
    page.get_by_label("Written answer").check()
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")


def test_the_first_checked_sentence_comes_while_the_model_writes(watched: Watched) -> None:
    page = watched.page
    answer = page.locator("#chat .bot.message").last
    marker = answer.locator("p:not(.quote) a.marker").first
    for question in QUESTIONS:  # the model isn't clever: the first question may get nothing that is supported
        ask_for_a_written_answer(page, question)
        expect(answer).to_contain_text("Looking up the articles and writing")
        expect(marker.or_(page.locator("#question .submit-button")).first).to_be_visible(timeout=SECONDS * 1000)
        if marker.is_visible():
            break
    stop = page.locator("#question .stop-button")
    expect(stop).to_be_visible()  # it goes on
    expect(page.locator("#sources .sources:last-child .source mark").first).to_be_visible()
    stop.click()
    expect(page.locator("#question .submit-button")).to_be_visible()
    expect(answer).to_contain_text("Stopped: there may be more to tell.")
    expect(marker).to_be_visible()
    assert page.locator("#chat img, #sources img").count() == 0


def test_exact_quotes_are_the_default_and_stay_a_click_away(watched: Watched) -> None:
    page = watched.page
    expect(page.get_by_label("Exact quotes")).to_be_checked()
    page.get_by_role("textbox", name="Your question").fill("What did Kirby say?")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .bot.message").last).to_contain_text("“White House spokesman John Kirby rejected")


def test_stopped_before_anything_was_found(watched: Watched) -> None:
    page = watched.page
    ask_for_a_written_answer(page, "What did Kirby say?")
    answers = page.locator("#chat .bot.message")
    expect(answers).to_contain_text("Looking up")
    page.locator("#question .stop-button").click()
    expect(page.locator("#question .submit-button")).to_be_visible()
    expect(answers).to_have_text(re.compile("Stopped"))
    expect(page.get_by_role("textbox", name="Your question")).to_be_enabled()
    page.get_by_label("Exact quotes").check()
    page.get_by_role("textbox", name="Your question").fill("What blocked the Suez Canal?")
    page.keyboard.press("Enter")
    expect(answers.last).to_contain_text("Ever Given")
    expect(answers.first).to_have_text(re.compile("Stopped"))
