"""A real browser that may only make requests to the app."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.conftest import Served

_TIMEOUT_MILLISECONDS = 20_000  # generous: the tests check what happens, not how fast
expect.set_options(timeout=_TIMEOUT_MILLISECONDS)
_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Watched:
    """A page, with a record of what it must never do."""

    page: Page
    foreign: list[str] = field(default_factory=list)  # requests to other hosts, all of which are blocked
    violations: list[str] = field(default_factory=list)  # of the Content-Security-Policy, and script errors
    home: str = ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for a module: while Playwright runs, this thread has an event loop, which others may not expect."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Callable[..., Watched]]:
    """Opens the app in a new window of a given size and colour scheme."""
    with ExitStack() as windows:

        def open_page(width: int = 1280, height: int = 800, scheme: str = "light") -> Watched:
            window = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            windows.callback(window.close)
            page = window.new_page()
            page.set_default_timeout(_TIMEOUT_MILLISECONDS)
            watched = Watched(page, home=f"{served.url}/")

            def on_request(route: Route) -> None:
                if route.request.url.startswith((served.url, "data:")):
                    route.continue_()
                else:
                    watched.foreign.append(route.request.url)
                    route.abort()

            page.route("**/*", on_request)
            page.on("pageerror", lambda error: watched.violations.append(str(error)))
            page.on(
                "console",
                lambda message: (
                    watched.violations.append(message.text) if "Content Security Policy" in message.text else None
                ),
            )
            page.goto(served.url)
            page.locator("#question textarea").wait_for()
            return watched

        yield open_page


@pytest.fixture
def watched(open_page: Callable[..., Watched]) -> Iterator[Watched]:
    """A desktop window. At the end, checks that it made no foreign requests and violated no policy."""
    watched = open_page()
    yield watched
    assert watched.foreign == []
    assert watched.violations == []
