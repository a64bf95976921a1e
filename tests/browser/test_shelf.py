"""The Library and Speakers tabs in a real browser: edit, several at once, undo, many articles, merged names."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.conftest import Served


def fill(page: Page, selector: str, text: str) -> None:
    page.locator(selector).locator("textarea, input").first.fill(text)


@pytest.fixture
def harbour(watched: Watched, served: Served, tmp_path: Path) -> Iterator[Page]:
    """The Library tab after the upload of a file of 30 articles. They are removed at the end."""
    path = tmp_path / "harbour.jsonl"
    rows = [
        {"title": f"Harbour report {number}", "publisher": "Fjord Post", "text": f"Ship {number} came with zirconium."}
        for number in range(30)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    page = watched.page
    page.get_by_role("tab", name="Library").click()
    page.locator("#upload input[type=file]").set_input_files(path)
    expect(page.locator("#results li.added")).to_contain_text("30 articles added")
    fill(page, "#find", "zirconium")  # only in the texts
    expect(page.locator("#count")).to_contain_text("of 30 articles")
    yield page
    served.library.remove([article.id for article in served.library.articles("Fjord Post")])


def test_edit_select_remove_and_undo(harbour: Page) -> None:
    page = harbour
    page.locator("#articles label", has_text="Harbour report 29").click()
    page.locator("#edit").click()
    fill(page, "#edit-title", "A very long title that wraps")
    page.locator("#save").click()
    title = page.locator("#articles .item-title", has_text="A very long title that wraps")
    expect(title).to_have_css("font-weight", "600")
    expect(page.locator("#reading .origin")).to_have_text("Source: harbour.jsonl#30 · edited by hand: title")

    page.locator("#select-several").click()
    page.get_by_role("checkbox").filter(visible=True).first.wait_for()
    for number in (0, 1):
        page.locator("#chosen .wrap label").nth(number).click()
    page.locator("#remove-selected").click()
    expect(page.locator("#removed")).to_contain_text("Removed 2 articles.")
    expect(page.locator("#count")).to_contain_text("of 28 articles")
    page.locator("#undo").click()
    expect(page.locator("#removed")).to_contain_text("2 articles restored.")
    expect(page.locator("#count")).to_contain_text("of 30 articles")
    expect(page.locator("#announcer")).to_contain_text("2 articles restored.")


def test_speakers_are_chosen_filtered_and_merged(watched: Watched, served: Served) -> None:
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("tab", name="Speakers").click()
    expect(page.locator("#speaker-count")).to_contain_text("people first")
    fill(page, "#find-speaker", "kirby")
    page.locator("#speakers label", has_text="John Kirby").click()
    expect(page.locator("#spoken h2").first).to_have_text("John Kirby")
    expect(page.locator("#speakers")).to_be_hidden()  # on a phone
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator("#speakers label")).to_have_count(1)

    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("#speakers label", has_text="John Kirby").click()
    expect(page.locator("#spoken h2").first).to_have_text("John Kirby")
    fill(page, "#find-speaker", "obama")
    expect(page.locator("#speakers label")).to_have_count(1)
    expect(page.locator("#spoken h2").first).to_have_text("John Kirby")  # the choice survives
    served.library.speech.merge("John Kirby", "Barack Obama")
    try:
        fill(page, "#find-speaker", "kirby")
        expect(page.locator("#speakers label")).to_contain_text(["Barack Obama"])
    finally:
        served.library.speech.separate("John Kirby")
