"""The page: its three tabs, and how they are served."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .gradio.importing import import_gradio

# Gradio and its client read these when they are imported: no requests to the outside at start-up.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
import_gradio()

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from index import Library, Status

from ..access import Role, current_call, needs
from ..background import Background
from ..jobs import Job, Jobs
from ..messages import ask, common
from ..messages import library as library_texts
from ..messages import speakers as speakers_texts
from .chat_tab import build_chat, chat_template
from .gradio.compat import bundle_tags, serve_only_own_files
from .gradio.offline import refuse_network
from .gradio.routes import PageRoutes
from .html import notice_html, take_place_html
from .library_tab import build_library_tab
from .panel import connect, hide_from_readers, html_panel
from .speakers_tab import build_speakers_tab

ASSETS = Path(__file__).parent / "assets"
ASSETS_PATH = "/page-assets"
MAX_UPLOAD = "20mb"
MAX_WAITING = 64
CACHE_SECONDS = 3600
STATUS_SECONDS = 3.0
# The strictest policy under which the whole page works. `web.guard` sends it.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PAPER, PAPER_DARK = "#fbfaf7", "#171513"
SHEET, SHEET_DARK = "#ffffff", "#1f1c1a"
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")


def build_page(library: Library, background: Background) -> gr.Blocks:
    """The page over a library and the work in the background."""
    page = gr.Blocks(
        title=common.APP_NAME,
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(CACHE_SECONDS, CACHE_SECONDS),
    )
    with page:
        gr.Markdown(f"# {common.APP_NAME}\n\n{common.TAGLINE}", elem_id="masthead")
        status = html_panel(notice_html(""), elem_id="status-line", visible=False)
        timer = gr.Timer(STATUS_SECONDS, active=False)
        with gr.Tabs():
            with gr.Tab(ask.TAB, id="ask"):
                build_chat()
            with gr.Tab(speakers_texts.TAB, id="speakers") as speakers_tab:
                build_speakers_tab(speakers_tab, library)
            with gr.Tab(library_texts.TAB, id="library") as library_tab:
                added = build_library_tab(page, library_tab, library, background)
        events = (page.load, timer.tick, *(event.then for event in added))
        _refresh_status(library, background.jobs, status, timer, events)
    hide_from_readers(page)
    return page


def mount_page(app: FastAPI, page: gr.Blocks, language_model: str = "") -> FastAPI:
    """Serve `page` at "/" of `app`, and its conversations at "/c/…".

    Call it last: it takes every path that `app` doesn't have yet. `language_model` generates written answers.
    """
    serve_only_own_files(page)
    page.queue(api_open=False, max_size=MAX_WAITING)
    app.mount(ASSETS_PATH, needs(Role.READ, counts=False)(StaticFiles(directory=ASSETS)), name="page-assets")

    @app.api_route("/", methods=["GET", "HEAD"], response_class=HTMLResponse, include_in_schema=False)
    @app.api_route("/c/{_}", methods=["GET", "HEAD"], response_class=HTMLResponse, include_in_schema=False)
    @needs(Role.READ)
    def index() -> HTMLResponse:
        shell = page_shell(current_call().caller.role, language_model)
        return HTMLResponse(shell, headers={"Cache-Control": "no-store"})

    @app.get("/c/assets/{name}", include_in_schema=False)
    @needs(Role.READ, counts=False)
    def asset(name: str) -> RedirectResponse:  # Gradio asks for later parts of its own below the page's address
        return RedirectResponse(f"/assets/{quote(name)}", 308)

    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=newspaper_theme(),
        css_paths=ASSETS / "page.css",
        favicon_path=str(ASSETS / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=MAX_UPLOAD,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    refuse_network()
    mount = app.routes[-1]
    assert isinstance(mount, Mount)  # noqa: S101 for mypy; mount_gradio_app appends it
    mount.app = PageRoutes(mount.app, page)
    return app


@lru_cache
def page_shell(role: Role, language_model: str = "") -> str:
    """The HTML that loads the page: like Gradio's own shell, but without inline scripts, which the policy forbids.

    By the role of its user, `page.css` hides what this user may not use.
    """
    return f"""<!doctype html>
<html lang="en" data-role="{role.label}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{common.APP_NAME}</title>
<link rel="icon" href="{ASSETS_PATH}/favicon.svg">
<link rel="stylesheet" href="{ASSETS_PATH}/print.css" media="print">
<script src="{ASSETS_PATH}/boot.js"></script>
{bundle_tags()}
<style>
body {{ margin: 0; background: {PAPER}; }}
body.dark {{ background: {PAPER_DARK}; }}
@media (prefers-color-scheme: dark) {{ body {{ background: {PAPER_DARK}; }} }}
</style>
<script type="module" src="{ASSETS_PATH}/page.js"></script>
</head>
<body>
{chat_template(language_model)}
{take_place_html()}
<gradio-app control_page_title="true" embed="false" eager="true"></gradio-app>
<noscript>{common.NO_JAVASCRIPT}</noscript>
</body>
</html>
"""


def _refresh_status(library: Library, jobs: Jobs, line: gr.Markdown, timer: gr.Timer, events: Iterable[Any]) -> None:
    """Show the state of the library at each of these events. The timer runs only while there is work left."""

    def refresh() -> tuple[Any, gr.Timer]:
        text = status_line(library.status(), jobs.running())
        return gr.update(value=str(notice_html(text)), visible=bool(text)), gr.Timer(active=bool(text))

    for event in events:
        connect(event, refresh, None, [line, timer], role=Role.READ)


def status_line(status: Status, job: Job | None = None) -> str:
    """The progress of adding, embedding and identifying speakers; empty when everything is done."""
    parts = [library_texts.job_status(job.name, job.done, max(job.total, 1))] if job else []
    if status.embedded < status.passages:
        parts.append(library_texts.embedding_status(status.embedded, status.passages))
    if status.articles_processed < status.articles:
        parts.append(library_texts.speakers_status(status.articles_processed, status.articles))
    return " ".join([*parts, library_texts.SEARCHABLE]) if parts else ""


def newspaper_theme() -> gr.themes.Base:
    """A theme like ink on paper, with system fonts: Gradio's own themes fetch fonts from Google."""
    return gr.themes.Base(
        primary_hue="stone",
        secondary_hue="stone",
        neutral_hue="stone",
        radius_size="sm",
        font=SANS,
        font_mono=MONO,
    ).set(
        body_background_fill=PAPER,
        body_background_fill_dark=PAPER_DARK,
        block_background_fill=SHEET,
        block_background_fill_dark=SHEET_DARK,
        input_background_fill=SHEET,
        input_background_fill_dark=SHEET_DARK,
        input_border_width="1px",
        button_secondary_background_fill=SHEET,
        button_secondary_background_fill_dark=SHEET_DARK,
        button_secondary_border_color="*neutral_400",
        button_secondary_border_color_dark="*neutral_500",
        button_primary_background_fill="#1c1917",
        button_primary_background_fill_dark="#f5f5f4",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#1c1917",
    )
