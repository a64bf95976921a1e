"""The page: three tabs, and the way they are served."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# Read by Gradio and its client when they are imported: no request to the outside at start-up.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from index import Library, Status
from rag import Assistant

from ..background import Background
from ..jobs import Job, Jobs
from .chat_tab import build_chat
from .html import note_html
from .library_tab import build_library_tab
from .panel import html_panel
from .speakers_tab import build_speakers_tab

ASSETS = Path(__file__).parent / "assets"
ASSETS_PATH = "/page-assets"
TITLE = "Ask the Articles"
MAX_UPLOAD = "20mb"
MAX_WAITING = 64
CACHE_SECONDS = 3600
STATUS_SECONDS = 3.0
# The strictest under which the page works whole. `web.guard` sends it.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PAPER, PAPER_DARK = "#fbfaf7", "#171513"
SHEET, SHEET_DARK = "#ffffff", "#1f1c1a"
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
INTRODUCTION = f"# {TITLE}\n\nAnswers from your own news articles, in their exact words, each with its source."


def build_page(library: Library, assistant: Assistant, background: Background) -> gr.Blocks:
    """The three tabs over a library and its assistant, with the work behind them."""
    page = gr.Blocks(
        title=TITLE,
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(CACHE_SECONDS, CACHE_SECONDS),
    )
    with page:
        gr.Markdown(INTRODUCTION, elem_id="masthead")
        status = html_panel(note_html(""), elem_id="status-line", visible=False)
        timer = gr.Timer(STATUS_SECONDS, active=False)
        with gr.Tabs():
            with gr.Tab("Ask", id="ask"):
                build_chat(library, assistant, background.wait_until_ready)
            with gr.Tab("Speakers", id="speakers") as speakers:
                build_speakers_tab(speakers, library)
            with gr.Tab("Library", id="library") as tab:
                added = build_library_tab(page, tab, library, background)
        follow_status(
            library, background.jobs, status, timer, (page.load, timer.tick, *(event.then for event in added))
        )
    return page


def mount_page(app: FastAPI, page: gr.Blocks) -> FastAPI:
    """Serve `page` at "/" of `app`. Call it last: it takes every path that `app` doesn't have yet."""
    # Gradio 6.31 serves any file of this machine from a mounted app unless it believes that launch() ran.
    page.has_launched = True
    page.queue(api_open=False, max_size=MAX_WAITING)
    app.mount(ASSETS_PATH, StaticFiles(directory=ASSETS), name="page-assets")

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def index() -> str:
        return shell

    shell = page_shell(page.title if isinstance(page.title, str) else TITLE)
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
    return app


def page_shell(title: str) -> str:
    """The HTML that loads the page, without the inline scripts of Gradio's own.

    So the Content-Security-Policy can refuse every inline script. The names of Gradio's bundle carry hashes
    that only its own shell tells. Its configuration, inline in that shell, is fetched from `/config` instead.
    """
    own = (Path(gr.__file__).parent / "templates" / "frontend" / "index.html").read_text(encoding="utf-8")
    bundle = "\n".join(re.findall(r'<script type="module"[^>]*></script>|<link rel="stylesheet"[^>]*>', own))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="{ASSETS_PATH}/favicon.svg">
<script src="{ASSETS_PATH}/boot.js"></script>
{bundle}
<style>
body {{ margin: 0; background: {PAPER}; }}
body.dark {{ background: {PAPER_DARK}; }}
@media (prefers-color-scheme: dark) {{ body {{ background: {PAPER_DARK}; }} }}
</style>
<script type="module" src="{ASSETS_PATH}/page.js"></script>
</head>
<body>
<gradio-app control_page_title="true" embed="false" eager="true"></gradio-app>
<noscript>This page needs JavaScript. The same answers come from the HTTP API under /api/v1.</noscript>
</body>
</html>
"""


def follow_status(library: Library, jobs: Jobs, line: gr.Markdown, timer: gr.Timer, events: Iterable[Any]) -> None:
    """Show the state of the library at each of these events. The timer runs only while there is work left."""

    def refresh() -> tuple[Any, gr.Timer]:
        text = status_line(library.status(), jobs.running())
        return gr.update(value=str(note_html(text)), visible=bool(text)), gr.Timer(active=bool(text))

    for event in events:
        event(refresh, None, [line, timer], show_progress="hidden", api_visibility="private")


def status_line(status: Status, job: Job | None = None) -> str:
    """How far adding and search by meaning and by speaker are, or nothing when all of it works."""
    parts = [f"adding {job.name}: {job.done:,} of {max(job.total, 1):,}"] if job else []
    if status.embedded < status.passages:
        parts.append(f"searching by meaning: {status.embedded:,} of {status.passages:,} passages ready")
    if status.articles_processed < status.articles:
        parts.append(f"who said what: {status.articles_processed:,} of {status.articles:,} articles read")
    return f"Still at work — {'; '.join(parts)}. Words work already." if parts else ""


def newspaper_theme() -> gr.themes.Base:
    """Ink on paper, with the fonts of the reader's machine: Gradio's own themes fetch theirs from Google."""
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
