"""Building blocks of all tabs: panels of HTML, date pickers, and event handlers."""

from __future__ import annotations

from datetime import date
from typing import Any

import gradio as gr
from gradio.events import Dependency
from markupsafe import Markup

from ..messages import common


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


def day_picker(label: str, **options: Any) -> gr.DateTime:
    """A box for a day as YYYY-MM-DD, with a calendar. Its value is a text, or None if it is empty."""
    return gr.DateTime(
        None, include_time=False, type="string", label=label, min_width=150, elem_classes="day", **options
    )


def day_of(text: str | None) -> date | None:
    """The day of a picker.

    Raises:
        ValueError: it isn't a day; the message says how to write one.
    """
    words = (text or "").strip()
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise ValueError(common.invalid_date(words)) from None
