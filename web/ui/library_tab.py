"""The Library tab: list, read, edit and remove articles, and add files."""

from __future__ import annotations

import gradio as gr
from gradio.events import Dependency

from index import Library

from ..background import Background
from ..uploads import SAMPLES
from .address_form import build_address_form
from .html import notice_html
from .panel import html_panel
from .shelf import ArticlePanel, Listing, SelectionBar, UploadForm


def build_library_tab(page: gr.Blocks, tab: gr.Tab, library: Library, background: Background) -> list[Dependency]:
    """Add the library to the open context of `page`. Its list is refreshed whenever `tab` is opened.

    Returns the events that follow the adding of articles.
    """
    with gr.Row(elem_id="shelf"):
        with gr.Column(scale=3, min_width=320):
            uploads = UploadForm(library, background.uploads)
            results = html_panel(notice_html(""), elem_id="results", render=False)
            jobs_ended = build_address_form(page, tab, library, background.jobs, results)
            results.render()  # type: ignore[no-untyped-call]
            uploads.stop_button()
            selection = SelectionBar(library)
            listing = Listing(library, has_samples=SAMPLES.is_dir())
            selection.show()
            listing.show(selection.show_switch)
        with gr.Column(scale=2, min_width=300):
            panel = ArticlePanel(library)

    listing.connect()
    for event in (page.load, tab.select):
        listing.refresh_on(event)
    for changed in (*panel.connect(listing.articles), *selection.connect(listing, panel)):
        listing.stay_on(changed.then)
    ended = [*uploads.connect(page, results, listing.add_samples), *jobs_ended]
    return [listing.refresh_on(event.then) for event in ended]
