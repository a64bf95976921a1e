"""The Speakers tab: who speaks in the articles, and their statements by date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import gradio as gr
from markupsafe import Markup

from index import Library, Period, Speaker

from ..access import Role
from ..messages import speakers as texts
from .html import notice_html, panel_html, speaker_label, statements_html, statements_link_html, timeline_html
from .panel import connect, html_panel

SPEAKERS_PER_PAGE = 20
STATEMENTS_PER_PAGE = 20
NONE_SELECTED = panel_html(texts.STATEMENTS, texts.NONE_SELECTED)

Updates = tuple[Any, ...]


def build_speakers_tab(tab: gr.Tab, library: Library) -> None:
    """Add the speakers to the open `gr.Blocks` context. Their list is refreshed whenever `tab` is opened."""
    list_page, statements_page = gr.State(0), gr.State(0)
    with gr.Row(elem_id="speech"):
        with gr.Column(scale=2, min_width=300):
            search = gr.Textbox("", label=texts.SEARCH, elem_id="find-speaker", max_lines=1)
            with gr.Accordion(texts.FILTERS, open=False):
                outlet = gr.Dropdown([texts.ANY_OUTLET], value=texts.ANY_OUTLET, label=texts.OUTLET, elem_id="outlet")
                with gr.Row():
                    since = gr.Textbox("", label=texts.SINCE, max_lines=1, min_width=120)
                    until = gr.Textbox("", label=texts.UNTIL, max_lines=1, min_width=120)
            count = html_panel(notice_html(""), elem_id="speaker-count")
            speakers = gr.Radio([], label=texts.SPEAKERS, elem_id="speakers")
            with gr.Row(elem_classes="pager"):
                previous = gr.Button(texts.PREVIOUS, interactive=False, size="sm")
                following = gr.Button(texts.NEXT, interactive=False, size="sm")
        with gr.Column(scale=3, min_width=320, elem_id="spoken-column"):
            timeline = html_panel(Markup(), elem_id="timeline")
            statements = html_panel(NONE_SELECTED, elem_id="spoken")
            with gr.Row(elem_classes="pager"):
                earlier = gr.Button(texts.EARLIER, visible=False, size="sm")
                later = gr.Button(texts.LATER, visible=False, size="sm")

    handlers = _Handlers(library)
    filters = [outlet, since, until]
    connect(tab.select, handlers.list_outlets, None, outlet, role=Role.READ)

    query, listing = [search, *filters], [speakers, count, list_page, previous, following]
    for event in (tab.select, search.change, outlet.change, since.submit, until.submit, since.blur, until.blur):
        connect(event, handlers.list_speakers, query, listing, role=Role.READ)
    connect(previous.click, _turn_page(handlers.list_speakers, -1), [*query, list_page], listing, role=Role.READ)
    connect(following.click, _turn_page(handlers.list_speakers, 1), [*query, list_page], listing, role=Role.READ)

    selection, shown = [speakers, *filters], [timeline, statements, statements_page, earlier, later]
    connect(speakers.change, handlers.list_statements, selection, shown, role=Role.READ)
    connect(
        earlier.click, _turn_page(handlers.list_statements, -1), [*selection, statements_page], shown, role=Role.READ
    )
    connect(later.click, _turn_page(handlers.list_statements, 1), [*selection, statements_page], shown, role=Role.READ)


class _Handlers:
    """Event handlers of the tab. They return updates of the components that `build_speakers_tab` connects."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def list_outlets(self) -> Any:
        """Offer the outlets of the library as filters."""
        return gr.update(choices=[texts.ANY_OUTLET, *self._library.publishers()])

    def list_speakers(self, words: str, outlet: str, since: str, until: str, page_number: int = 0) -> Updates:
        """Show a page of the list of speakers."""
        try:
            speakers = self._library.speech.speakers(words.strip(), _publisher(outlet), _period(since, until))
        except ValueError as error:
            return gr.update(), str(notice_html(str(error))), page_number, gr.update(), gr.update()
        first = page_number * SPEAKERS_PER_PAGE
        part = speakers[first : first + SPEAKERS_PER_PAGE]
        line = texts.speaker_count(first, len(part), len(speakers)) if part else ""
        if not speakers:
            line = texts.NO_MATCH if len(self._library.speech.speakers()) else texts.NO_SPEAKERS
        return (
            gr.update(choices=[(speaker_label(speaker), speaker.name) for speaker in part], value=None),
            str(notice_html(line)),
            page_number,
            gr.update(interactive=page_number > 0),
            gr.update(interactive=first + len(part) < len(speakers)),
        )

    def list_statements(self, name: str | None, outlet: str, since: str, until: str, page_number: int = 0) -> Updates:
        """Show a page of the selected speaker's statements, with a timeline of all of them."""
        speaker = _with_name(self._library.speech.speakers(names=[name]) if name else [], name)
        if speaker is None:
            return "", str(NONE_SELECTED), 0, gr.update(visible=False), gr.update(visible=False)
        speech, names, publisher, period = (
            self._library.speech,
            speaker.names,
            _publisher(outlet),
            _period(since, until),
        )
        first = page_number * STATEMENTS_PER_PAGE
        statements = speech.statements(
            names, publisher=publisher, period=period, limit=STATEMENTS_PER_PAGE, offset=first
        )
        total = speech.count(names, publisher=publisher, period=period)
        articles = self._library.catalog.by_id({statement.article_id for statement in statements})
        table = statements_link_html(speaker.name, publisher, period.since, period.until)
        return (
            str(timeline_html(speech.days(names, publisher, period))),
            str(statements_html(speaker, statements, articles, first, total) + table),
            page_number,
            gr.update(visible=page_number > 0),
            gr.update(visible=first + len(statements) < total),
        )


def _turn_page(show: Callable[..., Updates], pages: int) -> Callable[..., Updates]:
    """A handler for another page of a list; its last argument is the number of the current page."""
    return lambda *values: show(*values[:-1], values[-1] + pages)


def _with_name(speakers: Sequence[Speaker], name: str | None) -> Speaker | None:
    return next((speaker for speaker in speakers if name in speaker.names), None)


def _publisher(outlet: str | None) -> str | None:
    return None if outlet in (None, "", texts.ANY_OUTLET) else outlet


def _period(since: str, until: str) -> Period:
    """The period between two dates as typed.

    Raises:
        ValueError: one of them isn't a date; the message says which.
    """
    return Period(_date(since), _date(until))


def _date(text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(texts.invalid_date(text)) from None
