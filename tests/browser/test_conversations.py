"""Conversations in a real browser: kept, listed, edited, in two tabs, over a restart, and long ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from index import Embedder
from tests.browser.conftest import Watched
from tests.browser.test_page import ask
from tests.conftest import Served, serve_library
from web.conversations import Conversations


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("conversations") / "library"


@pytest.fixture(scope="module")
def served(directory: Path, embedder: Embedder) -> Iterator[Served]:
    yield from serve_library(directory, embedder)


@contextmanager
def another_tab(browser: Browser, url: str) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(20_000)
    page.goto(url)
    page.locator("#question textarea").wait_for()
    yield page
    page.close()


def test_it_is_back_after_a_reload_and_by_its_address(watched: Watched, browser: Browser) -> None:
    page = watched.page
    box = page.get_by_role("textbox", name="Your question")
    expect(box).to_be_focused()
    ask(page, "What did Kirby say?")
    expect(page.locator("#turn-1 a.marker").first).to_be_visible()
    expect(box).to_be_focused()
    address = page.url
    assert re.search(r"/c/[\w-]{22}$", address)
    ask(page, "And about Biden?")
    expect(page.locator("#turn-2")).to_contain_text("Biden was open to talks")
    page.reload()
    expect(page.locator("#turn-2")).to_contain_text("Biden was open to talks")
    expect(page.get_by_role("heading", name="And about Biden?")).to_be_visible()
    page.locator("#turn-1 a.marker").first.click()  # its sources are fetched now
    expect(page.locator("#source-1-1")).to_be_focused()
    ask(page, "And Putin?")
    expect(page.locator("#turn-3")).to_contain_text("Putin")

    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".turn")).to_have_count(0)
    assert page.url == watched.home
    page.go_back()
    expect(page.locator("#turn-3")).to_be_visible()
    assert page.url == address
    page.get_by_role("tab", name="Library").click()  # parts that are loaded later, below another address
    expect(page.locator("#upload")).to_be_visible()

    with another_tab(browser, address) as other:
        expect(other.locator("#turn-3")).to_be_visible()
        ask(other, "What blocked the Suez Canal?")
        expect(other.locator("#turn-4")).to_contain_text("Ever Given")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#turn-4")).to_contain_text("Ever Given")


def test_list_rename_delete_undo(watched: Watched) -> None:
    page = watched.page
    ask(page, "Who won the Nobel Prize for the mRNA vaccines?")
    address = page.url
    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("searchbox", name="Search conversations").fill("nobel")
    expect(page.locator("#chat-list li")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Rename Who won")).click()
    page.get_by_role("textbox", name="New name").fill("<b>Prizes</b>")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-title")).to_have_text("<b>Prizes</b>")
    page.get_by_role("button", name="Delete <b>Prizes</b>").click()
    expect(page.locator("#chat-note")).to_contain_text("Deleted “<b>Prizes</b>”.")
    expect(page.locator(".turn")).to_have_count(0)
    page.locator("#chat-note").get_by_role("button", name="Undo").click()
    expect(page.locator("#turn-1")).to_contain_text("Karikó")
    assert page.url == address
    page.goto(watched.home + "c/0000000000000000000000")
    expect(page.locator("#chat-note")).to_contain_text("doesn't exist, or it was deleted")


def test_edit_and_ask_again(watched: Watched) -> None:
    page = watched.page
    box = page.get_by_role("textbox", name="Your question")
    ask(page, "What did Kirby say?")
    expect(page.locator("#turn-1 a.marker").first).to_be_visible()
    ask(page, "And about Biden?")
    expect(page.locator("#turn-2 a.marker").first).to_be_visible()
    box.fill("a draft")
    page.get_by_role("button", name="Edit question: What did Kirby say?").click()
    expect(box).to_have_value("What did Kirby say?")
    page.get_by_role("button", name="Cancel").click()
    expect(box).to_have_value("a draft")
    page.get_by_role("button", name="Edit question: What did Kirby say?").click()
    box.fill("What blocked the Suez Canal?")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1")).to_contain_text("Ever Given")
    expect(page.locator(".turn")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#turn-2")).to_contain_text("And about Biden?")


def test_a_follow_up_typed_meanwhile_is_asked_next(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("textbox", name="Your question").fill("What did Kirby say?")
    page.keyboard.press("Enter")
    page.keyboard.type("And about Biden?")
    page.keyboard.press("Enter")
    page.keyboard.type("And Pu")
    expect(page.locator("#turn-2")).to_contain_text("Biden was open to talks")
    expect(page.locator("#turn-1 a.marker").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Your question")).to_have_value("And Pu")
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    page.keyboard.type("tin?")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-3")).to_contain_text("Putin")
    expect(page.locator("#suggestions button").first).to_be_visible()
    page.locator("#suggestions button").first.click()
    expect(page.locator("#turn-4 a.marker").first).to_be_visible()


def test_filters_are_chips_that_are_kept(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_label("From").fill("2022-06-01")
    page.get_by_label("Outlet").fill("Sample articles")
    page.get_by_role("button", name="Add filter").click()
    expect(page.locator("#chips .chip")).to_have_text(["Outlet: Sample articles ×", "From: 2022-06-01 ×"])
    ask(page, "What blocked the Suez Canal?")  # in 2021
    expect(page.locator("#turn-1[aria-busy=false]")).to_be_visible()
    expect(page.locator("#turn-1")).not_to_contain_text("Ever Given")
    page.reload()
    expect(page.locator("#turn-1")).to_be_visible()
    page.get_by_role("button", name="Remove filter From: 2022-06-01").click()
    expect(page.locator("#chips .chip")).to_have_text(["Outlet: Sample articles ×"])
    ask(page, "What blocked the Suez Canal?")
    expect(page.locator("#turn-2")).to_contain_text("Ever Given")
    page.get_by_role("button", name="New chat").click()
    expect(page.locator("#chips .chip")).to_have_count(0)


def test_deleted_elsewhere_and_articles_removed(watched: Watched, served: Served, directory: Path) -> None:
    page = watched.page
    note = directory.parent / "ferry.txt"
    note.write_text("Ferry sails again\n\nThe skipper, Olga Brandt, said that the ferry would sail on Friday.\n")
    [article_id] = served.library.add(note).added
    ask(page, "What did Olga Brandt say?")
    expect(page.locator("#turn-1")).to_contain_text("would sail on Friday")
    served.library.remove(article_id)
    page.reload()
    expect(page.locator("#turn-1")).to_contain_text("would sail on Friday")
    expect(page.locator("#sources .source")).to_contain_text("removed from your library")
    expect(page.locator("#source-1-1")).to_contain_text("would sail on Friday")
    Conversations(directory).delete(page.url.rsplit("/", 1)[-1])
    box = page.get_by_role("textbox", name="Your question")
    box.fill("What did Kirby say?")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-note")).to_contain_text("This conversation was deleted")
    expect(box).to_have_value("What did Kirby say?")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1")).to_contain_text("Kirby")


def test_500_questions(watched: Watched, directory: Path) -> None:
    page = watched.page
    ask(page, "What did Kirby say?")
    expect(page.locator("#turn-1 a.marker").first).to_be_visible()
    kept = Conversations(directory)
    conversation = page.url.rsplit("/", 1)[-1]
    with kept.file.write() as connection:
        for number in range(2, 501):
            connection.execute(
                "INSERT INTO turns (conversation, number, question, mode, state, answer, asked)"
                " SELECT conversation, ?, question, mode, state, answer, asked FROM turns"
                " WHERE conversation = ? AND number = 1",
                (number, conversation),
            )
        connection.execute(
            "UPDATE turns SET state = 'waiting', answer = NULL WHERE conversation = ? AND number = 500", (conversation,)
        )
    page.reload()
    last = page.locator("#turn-500")
    expect(last).to_contain_text("The app was stopped before this question was answered.")
    expect(page.locator(".turn")).to_have_count(10)
    page.get_by_role("button", name="Show earlier questions").click()
    expect(page.locator(".turn")).to_have_count(20)
    last.get_by_role("button", name="Ask again").click()
    expect(last.locator("a.marker").first).to_be_visible()
    ask(page, "And about Biden?")
    expect(page.locator("#turn-501")).to_contain_text("Biden was open to talks")


def test_an_empty_library_says_what_to_do(watched: Watched, served: Served) -> None:
    for article in list(served.library.articles()):
        served.library.remove(article.id)
    page = watched.page
    page.reload()
    expect(page.locator("#chat-note")).to_contain_text("Your library is empty.")
    ask(page, "What did Kirby say?")
    page.get_by_role("button", name="New chat").click()
    page.get_by_role("button", name="Open the library").click()
    expect(page.locator("#upload")).to_be_visible()
