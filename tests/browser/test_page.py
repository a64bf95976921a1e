"""The page in a real browser that can only reach the app."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched
from tests.conftest import Served
from tests.web_server import serving

HOSTILE = (
    "<script>document.title='hacked'</script> <img src=x onerror=\"document.title='hacked'\"> "
    "![pic](http://evil.example/i.png) [link](javascript:document.title='hacked') ${7*7} {{7*7}} $$x^2$$"
)


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the complete answer."""
    answers = page.locator("#chat .bot.message")
    before = answers.count()
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)
    expect(answers.nth(before).locator("p").first).to_be_visible()


def upload(page: Page, *paths: Path) -> None:
    """Add files, and wait until their statements are known."""
    page.get_by_role("tab", name="Library").click()
    page.locator("#upload input[type=file]").set_input_files(paths)
    expect(page.locator("#results li")).to_have_count(len(paths))
    expect(page.locator("#results li.adding")).to_have_count(0)
    deadline = time.monotonic() + 60
    while not page.request.get(f"{page.url}api/v1/status").json()["is_complete"]:
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)


@pytest.fixture
def added(served: Served) -> Iterator[None]:
    """Removes the articles that a test added."""
    before = {article.id for article in served.library.articles()}
    yield
    for article in list(served.library.articles()):
        if article.id not in before:
            served.library.remove(article.id)


def test_ask_and_follow_a_marker_to_the_quoted_words(watched: Watched) -> None:
    page = watched.page
    ask(page, "What did Kirby say?")
    expect(page.locator("#chat .bot.message").last).to_contain_text("no sign at all")
    page.locator("#chat a.marker", has_text="2").first.click()
    mark = page.locator("#source-1-2")
    expect(mark).to_be_focused()
    expect(mark).to_have_text(re.compile("no sign at all of being willing to negotiate"))
    source = page.locator(".source").filter(has=mark)
    expect(source).to_contain_text("Sample articles")
    expect(source).to_contain_text("25 December 2022")

    source.locator(".open-article").click()
    article = page.get_by_role("dialog")
    expect(article.locator("mark").first).to_be_in_viewport()
    expect(article).to_contain_text("Patriot")
    page.keyboard.press("Escape")
    expect(article).to_be_hidden()


def test_follow_up_and_abstention(watched: Watched) -> None:
    page = watched.page
    ask(page, "What did Kirby say?")
    ask(page, "And about Biden?")
    expect(page.locator("#chat .bot.message").last).to_contain_text("Biden was open to talks")
    ask(page, "Who painted the Mona Lisa?")
    expect(page.locator("#chat .bot.message").last).to_contain_text("I couldn't find an answer in your articles.")
    expect(page.locator("#chat .bot.message").last).to_contain_text("Related passages are under Sources.")
    related = page.locator("#sources .sources:last-child details.related")
    expect(related).to_contain_text("related passages")
    expect(related.locator(".source").first).to_be_hidden()
    related.locator("summary").first.click()
    expect(related.locator(".source").first).to_be_visible()
    ask(page, "?!")
    expect(page.locator("#chat .bot.message").last).to_contain_text("Please type a question.")
    expect(page.locator("#sources .sources:last-child .source")).to_have_count(0)


def test_by_keyboard_alone(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("textbox", name="Your question").focus()
    page.keyboard.type("What did Kirby say?")
    page.keyboard.press("Enter")
    page.locator("#chat a.marker").first.wait_for()
    page.locator("#chat a.marker").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-1")).to_be_focused()
    button = page.locator(".source").filter(has=page.locator("#source-1-1")).locator(".open-article")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_suggested_question_is_answered(watched: Watched) -> None:
    page = watched.page
    page.locator("#suggestions button").first.click()
    expect(page.locator("#chat .bot.message a.marker").first).to_be_visible()


def test_upload_ask_remove(watched: Watched, tmp_path: Path, added: None) -> None:
    page = watched.page
    good, bad = tmp_path / "ferry.txt", tmp_path / "empty.txt"
    good.write_text("Ferry sails again\n\nThe skipper, Olga Brandt, said that the ferry would sail on Friday.\n")
    bad.write_text("")
    upload(page, good, bad)
    expect(page.locator("#results li.added")).to_contain_text("ferry.txt")
    expect(page.locator("#results li.failed")).to_contain_text("the file is empty")
    page.get_by_role("tab", name="Ask").click()
    ask(page, "What did Olga Brandt say?")
    expect(page.locator("#chat .bot.message").last).to_contain_text("the ferry would sail on Friday")
    expect(page.locator("#sources .sources:last-child mark").first).to_contain_text("the ferry would sail")

    page.get_by_role("tab", name="Library").click()
    page.locator("#find").locator("textarea, input").fill("ferry")
    expect(page.locator("#articles label")).to_have_count(1)
    page.locator("#articles label", has_text="Ferry sails again").click()
    page.locator("#remove").click()
    expect(page.locator("#removed")).to_contain_text("Ferry sails again")
    expect(page.locator("#articles label")).to_have_count(0)
    page.get_by_role("tab", name="Ask").click()
    ask(page, "What did Olga Brandt say?")
    expect(page.locator("#chat .bot.message").last).to_contain_text("I couldn't find an answer")


def test_hostile_articles_and_questions_are_text(watched: Watched, tmp_path: Path, added: None) -> None:
    page = watched.page
    title = page.title()
    path = tmp_path / "hostile.jsonl"
    import json

    path.write_text(
        json.dumps({
            "title": f"Odd {HOSTILE}",
            "publisher": HOSTILE,
            "url": "javascript:document.title='hacked'",
            "text": f"Nora Quill said that {HOSTILE} was odd.",
        })
    )  # fmt: skip
    upload(page, path)
    expect(page.locator("#results li.added")).to_be_visible()
    page.locator("#articles label", has_text="Odd").click()
    expect(page.locator("#reading")).to_contain_text("${7*7}")
    page.get_by_role("tab", name="Ask").click()
    ask(page, f"What did Nora Quill say? {HOSTILE}")
    expect(page.locator("#chat .user.message").last).to_contain_text("<script>")
    ask(page, "What did Nora Quill say?")
    expect(page.locator("#chat .bot.message").last).to_contain_text("<script>document.title='hacked'</script>")
    expect(page.locator("#sources .sources:last-child")).to_contain_text("![pic](http://evil.example/i.png)")
    assert page.locator("#chat img, #sources img, #reading img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.title() == title


def test_names_of_files_are_text_in_messages(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    title = page.title()
    page.get_by_role("tab", name="Library").click()
    name = "<img src=x onerror=document.title='hacked'><b>bold"
    wrong, large = tmp_path / f"{name}.exe", tmp_path / f"{name}.txt"
    wrong.write_text("a")
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    toast = page.get_by_test_id("toast-text")
    for path in (wrong, large):
        page.locator("#upload input[type=file]").set_input_files(path)
        expect(toast.first).to_contain_text("img src=x onerror=document.title='hacked'")
        assert toast.locator("img, b").count() == 0
        page.get_by_test_id("toast-close").first.click()
        expect(toast).to_have_count(0)
    assert page.title() == title


def test_other_sites_can_link_to_the_page_but_not_use_it(browser: Browser, served: Served) -> None:
    page = browser.new_page()
    attack = f"{served.url}/gradio_api/file=http://100.100.100.200/latest/"
    with serving() as site:
        site.pages["/"] = f"<a href='{served.url}'>Articles</a> <a href='{attack}'>More</a>"
        page.goto(site.url.replace("127.0.0.1", "localhost"))
        with page.expect_response(attack) as response:
            page.get_by_role("link", name="More").click()
        assert response.value.status == 403
        page.goto(site.url.replace("127.0.0.1", "localhost"))
        page.get_by_role("link", name="Articles").click()
        page.locator("#question textarea").wait_for()
    page.close()


def test_speakers_and_their_statements(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("tab", name="Speakers").click()
    expect(page.locator("#speakers label").first).to_contain_text("statements in 1 article")
    page.locator("#find-speaker").locator("textarea, input").fill("obama")
    expect(page.locator("#speakers label")).to_have_count(1)
    page.locator("#speakers label", has_text="Barack Obama").click()
    spoken = page.locator("#spoken")
    expect(spoken.locator(".source")).to_have_count(8)
    expect(spoken.locator("mark").first).to_have_text(
        "President Barack Obama welcomed the ruling in the Rose Garden of the White House."
    )
    expect(spoken).to_contain_text("“He” = Barack Obama (inferred)")
    expect(page.locator("#timeline li")).to_have_count(2)

    spoken.locator(".open-article").first.click()
    article = page.get_by_role("dialog")
    expect(article.locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")

    spoken.locator(".ask-about").last.click()
    box = page.get_by_role("textbox", name="Your question")
    expect(box).to_be_focused()
    assert box.input_value().startswith("What has been said about this: ")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .bot.message a.marker").first).to_be_visible()

    page.get_by_role("tab", name="Speakers").click()
    page.locator("#find-speaker").locator("textarea, input").fill("nobody at all")
    expect(page.locator("#speaker-count")).to_contain_text("No matching speakers.")


def test_questions_about_speech(watched: Watched) -> None:
    page = watched.page
    answers = page.locator("#chat .bot.message")
    ask(page, "What did Kirby say about Biden?")
    expect(answers.last).to_contain_text("John Kirby (White House spokesman), Sample articles, 25 December 2022:")
    ask(page, "And Putin?")
    expect(answers.last).to_contain_text("No statement by Vladimir Putin about Biden is reported")
    ask(page, "Who said Russia avoids responsibility?")
    expect(answers.last).to_contain_text("Mykhailo Podolyak")
    ask(page, "What did Kerby say?")
    expect(answers.last).to_contain_text("No speaker named “Kerby” was found. Showing results for “Kirby”.")
    ask(page, "What did Macron say?")
    expect(answers.last).to_contain_text("Emmanuel Macron (French President), Sample articles, 16 April 2019:")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (375, 812)])
def test_it_fits_every_screen(
    open_page: Callable[..., Watched], width: int, height: int, scheme: str, tmp_path: Path
) -> None:
    watched = open_page(width, height, scheme)
    page = watched.page
    ask(page, "What did Kirby say?")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark == (scheme == "dark")
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 200) == dark
    page.locator("#chat a.marker").first.click()
    expect(page.locator("#source-1-1")).to_be_in_viewport()
    assert watched.foreign == []
