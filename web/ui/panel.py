"""Building blocks of all tabs: panels of HTML, and event handlers."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.events import Dependency
from markupsafe import Markup


def html_panel(value: Markup, *, elem_id: str, visible: bool = True, render: bool = True) -> gr.Markdown:
    """A panel for HTML made by `html.py`.

    `gr.HTML` would evaluate its template as a script, which our Content-Security-Policy forbids. Markdown doesn't,
    sanitizes what it shows, and leaves a block of HTML that is on one line unchanged.
    """
    return gr.Markdown(
        str(value), elem_id=elem_id, visible=visible, render=render, sanitize_html=True, latex_delimiters=[]
    )


def connect(event: Any, handler: Any, inputs: Any, outputs: Any, **options: Any) -> Dependency:
    """Call `handler` on an event, without a public API endpoint and without a progress display."""
    dependency: Dependency = event(
        handler, inputs, outputs, api_visibility="private", show_progress="hidden", **options
    )
    return dependency
