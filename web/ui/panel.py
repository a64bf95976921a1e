"""Building blocks of all tabs: panels of HTML, date pickers, and event handlers."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import gradio as gr
from gradio.context import get_blocks_context
from gradio.events import Dependency
from markupsafe import Markup

from ..access import NOBODY, Call, Role, calling, declared_need, needs
from ..messages import common


def html_panel(value: Markup, *, elem_id: str, visible: bool = True, render: bool = True) -> gr.Markdown:
    """A panel for HTML made by `html.py`.

    `gr.HTML` would evaluate its template as a script, which our Content-Security-Policy forbids. Markdown doesn't,
    sanitizes what it shows, and leaves a block of HTML that is on one line unchanged.
    """
    return gr.Markdown(
        str(value), elem_id=elem_id, visible=visible, render=render, sanitize_html=True, latex_delimiters=[]
    )


def connect(
    event: Any, handler: Any, inputs: Any, outputs: Any, *, role: Role | None = None, **options: Any
) -> Dependency:
    """Call `handler` on an event, without a public API endpoint and without a progress display.

    `role` is the least role that the event needs; without one, it needs the role admin. Components whose clicks,
    uploads and submissions need more than the role of a user are hidden from this user (`hide_from_readers`). The
    handler of an event that needs the role write calls `record_change` after each change.
    """
    called = _on_behalf(handler) if role is not None and role > Role.READ else handler
    dependency: Dependency = event(called, inputs, outputs, api_visibility="private", show_progress="hidden", **options)
    blocks = get_blocks_context()
    if role is not None and blocks is not None:
        needs(role)(blocks.fns[dependency["id"]])
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


def hide_from_readers(page: gr.Blocks) -> None:
    """Mark what a user can't use without the role write, by a class that `page.css` hides. Call it last."""
    for event in page.fns.values():
        need = declared_need(event)
        if need is None or need.role <= Role.READ:
            continue
        for component_id, kind in event.targets:
            component = page.blocks.get(component_id) if component_id is not None else None
            if component is not None and kind in ("click", "upload", "submit"):
                component.elem_classes = [*component.elem_classes, f"needs-{need.role.label}"]


def _on_behalf(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler of values that runs on behalf of the user who caused the event."""
    if inspect.isgeneratorfunction(handler):

        def generate(request: gr.Request, *values: Any) -> Iterator[Any]:
            steps = handler(*values)
            while True:  # each step may run in another thread
                with calling(_call_of(request)):
                    try:
                        step = next(steps)
                    except StopIteration:
                        return
                yield step

        generate.__name__ = handler.__name__
        return generate

    def call(request: gr.Request, *values: Any) -> Any:
        with calling(_call_of(request)):
            return handler(*values)

    call.__name__ = handler.__name__
    return call


def _call_of(request: gr.Request) -> Call:
    scope = request.request.scope if request.request else {}
    call = scope.get("call")
    return call if isinstance(call, Call) else Call(NOBODY)
