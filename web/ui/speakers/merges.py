"""Merging two speakers by hand, and undoing that."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index import Library, LibraryFailed, Speaker, SpeakerNotFound

from ...access import Role, record_change
from ...messages import common
from ...messages import speakers as texts
from ..html import notice_html
from ..panel import connect, html_panel

_LOG = logging.getLogger(__name__)
_MAX_OFFERED = 300  # names; others can be typed
READ, WRITE = Role.READ, Role.WRITE

Updates = tuple[Any, ...]


class MergeForm:
    """The form under the statements of a speaker, in the open context of a page."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._line = html_panel(notice_html(""), elem_id="merge-line")
        with gr.Accordion(texts.MERGE, open=False, visible=False, elem_id="merge-form") as self._form:
            with gr.Row():
                self._other = gr.Dropdown(
                    [], label=texts.MERGE_WITH, allow_custom_value=True, min_width=200, elem_id="merge-with"
                )
                self._merge = gr.Button(texts.MERGE_BUTTON, size="sm", scale=0, min_width=100, elem_id="merge")
            with gr.Row(visible=False) as self._merged_row:
                self._merged = gr.Dropdown([], label=texts.MERGED, min_width=200, elem_id="merged")
                self._separate = gr.Button(texts.SEPARATE, size="sm", scale=0, min_width=100, elem_id="separate")

    @property
    def _shown(self) -> list[Any]:
        return [self._form, self._other, self._merged_row, self._merged]

    def connect(self, chosen: gr.State) -> list[Dependency]:
        """Connect the events. Returns those after which the speakers are others."""
        changed = [chosen, self._line]
        merged = connect(self._merge.click, self._on_merge, [chosen, self._other], changed, role=WRITE)
        separated = connect(self._separate.click, self._on_separate, [chosen, self._merged], changed, role=WRITE)
        return [self._show_after(merged, chosen), self._show_after(separated, chosen)]

    def show_on(self, event: Dependency, chosen: gr.State) -> None:
        """Show the form of the chosen speaker after an event."""
        cleared = connect(event.then, lambda: "", None, self._line, role=READ)
        self._show_after(cleared, chosen)

    def _show_after(self, event: Dependency, chosen: gr.State) -> Dependency:
        return connect(event.then, self._show, chosen, self._shown, role=READ)

    def _show(self, name: str | None) -> Updates:
        speaker = self._find(name)
        if speaker is None:
            return gr.update(visible=False), gr.update(), gr.update(), gr.update()
        everybody = sorted(self._library.speech.speakers(), key=lambda one: not one.is_person)
        others = [one.name for one in everybody[:_MAX_OFFERED] if one.name != speaker.name]
        return (
            gr.update(visible=True),
            gr.update(choices=others, value=None),
            gr.update(visible=bool(speaker.merged)),
            gr.update(choices=list(speaker.merged), value=speaker.merged[0] if speaker.merged else None),
        )

    def _on_merge(self, name: str | None, other: str | None) -> Updates:
        if not name or not (other or "").strip():
            return name, str(notice_html(texts.CHOOSE_OTHER))
        other = (other or "").strip()
        problem = self._try("merge", lambda: self._library.speech.merge(name, other))
        if problem:
            return name, problem
        return other, str(notice_html(texts.merged(name, other)))

    def _on_separate(self, name: str | None, merged: str | None) -> Updates:
        problem = self._try("separate", lambda: self._library.speech.separate(merged or ""))
        return name, problem or str(notice_html(texts.separated(merged or "")))

    def _try(self, what: str, work: Callable[[], None]) -> str:
        """Do something. Returns why it failed, for the line; empty if it didn't."""
        try:
            work()
            record_change(f"{what} speakers")
        except (SpeakerNotFound, ValueError) as error:
            return str(notice_html(str(error)))
        except LibraryFailed:
            _LOG.exception("The library failed")
            return str(notice_html(common.LIBRARY_FAILED))
        return ""

    def _find(self, name: str | None) -> Speaker | None:
        found = self._library.speech.speakers(names=[name]) if name else []
        return next((speaker for speaker in found if name in speaker.names), None)
