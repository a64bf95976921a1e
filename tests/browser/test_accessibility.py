"""Axe finds nothing on any tab, in any state, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched
from tests.browser.test_page import ask


def problems(page: Page, state: str) -> list[str]:
    """What axe finds, one line for each element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{state}: {violation['id']} ({violation['impact']}) {node['target']} {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Callable[..., Watched], scheme: str) -> None:
    page = open_page(scheme=scheme).page
    found = problems(page, "no question yet")
    ask(page, "What blocked the Suez Canal?")
    found += problems(page, "answer")
    ask(page, "What did Kirby say?")
    found += problems(page, "statements")
    page.locator("#chat a.marker").first.click()
    page.locator(".open-article:visible").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += problems(page, "article")
    page.keyboard.press("Escape")
    ask(page, "Who painted the Mona Lisa?")
    found += problems(page, "no answer")
    page.get_by_role("tab", name="Speakers").click()
    page.locator("#speakers label").first.wait_for()
    found += problems(page, "speakers")
    page.locator("#speakers label").first.click()
    page.locator("#spoken .source").first.wait_for()
    found += problems(page, "statements of a speaker")
    page.get_by_role("tab", name="Library").click()
    page.locator("#articles label").first.wait_for()
    found += problems(page, "library")
    page.locator("#articles label").first.click()
    page.locator("#reading .article-text").wait_for()
    found += problems(page, "article in the library")
    assert not found, "\n".join(found)
