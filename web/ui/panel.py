"""The one component that shows our own HTML."""

from __future__ import annotations

import gradio as gr
from markupsafe import Markup


def html_panel(value: Markup, *, elem_id: str, visible: bool = True, render: bool = True) -> gr.Markdown:
    """A panel for HTML made by `web.render`.

    `gr.HTML` would evaluate its template as a script, which our Content-Security-Policy forbids. Markdown
    doesn't, sanitizes what it shows, and leaves a block of HTML on one line alone.
    """
    return gr.Markdown(
        str(value), elem_id=elem_id, visible=visible, render=render, sanitize_html=True, latex_delimiters=[]
    )
