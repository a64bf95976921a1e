"""The speakers tab: who speaks in the articles, and what they say in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import gradio as gr
from gradio.events import Dependency
from markupsafe import Markup

from index import Library, Period, Speaker

from .html import note_html, panel_html
from .panel import html_panel
from .speech_html import describe_speaker, statements_html, timeline_html

PAGE_SIZE = 20
SPOKEN_SIZE = 20
ANY_OUTLET = "All outlets"
NOT_CHOSEN = panel_html("Statements", "Choose a speaker to read here what the articles report, in the order of time.")
EMPTY = "Nobody speaks in these articles yet. Add some in the Library tab; reading them for statements takes a moment."


def build_speakers_tab(tab: gr.Tab, library: Library) -> None:
    """Put the speakers into the open `gr.Blocks` context, and list them anew whenever `tab` is opened."""
    place, spoken_place = gr.State(0), gr.State(0)
    with gr.Row(elem_id="speech"):
        with gr.Column(scale=2, min_width=300):
            wanted = gr.Textbox("", label="Find by name", elem_id="find-speaker", max_lines=1)
            with gr.Accordion("Outlet and date", open=False):
                outlet = gr.Dropdown([ANY_OUTLET], value=ANY_OUTLET, label="Outlet", elem_id="outlet")
                with gr.Row():
                    since = gr.Textbox("", label="From (as 2022-12-31)", max_lines=1, min_width=120)
                    until = gr.Textbox("", label="To", max_lines=1, min_width=120)
            count = html_panel(note_html(""), elem_id="speaker-count")
            speakers = gr.Radio([], label="Speakers", elem_id="speakers")
            with gr.Row(elem_classes="pager"):
                back = gr.Button("Previous", interactive=False, size="sm")
                forth = gr.Button("Next", interactive=False, size="sm")
        with gr.Column(scale=3, min_width=320, elem_id="spoken-column"):
            timeline = html_panel(Markup(), elem_id="timeline")
            spoken = html_panel(NOT_CHOSEN, elem_id="spoken")
            with gr.Row(elem_classes="pager"):
                earlier = gr.Button("Earlier", visible=False, size="sm")
                later = gr.Button("Later", visible=False, size="sm")

    limits = [outlet, since, until]
    listing = [speakers, count, place, back, forth]
    shown = [timeline, spoken, spoken_place, earlier, later]

    def show_list(words: str, publisher: str, first: str, last: str, number: int = 0) -> tuple[Any, ...]:
        try:
            found = library.speakers(words.strip(), _outlet(publisher), _period(first, last))
        except ValueError as error:
            return gr.update(), str(note_html(str(error))), number, gr.update(), gr.update()
        at = number * PAGE_SIZE
        part = found[at : at + PAGE_SIZE]
        line = f"{at + 1:,} to {at + len(part):,} of {len(found):,} speakers, most statements first" if part else ""
        if not found:
            line = "No speaker matches." if len(library.speakers()) else EMPTY
        choices = [(describe_speaker(speaker), speaker.name) for speaker in part]
        return (
            gr.update(choices=choices, value=None),
            str(note_html(line)),
            number,
            gr.update(interactive=number > 0),
            gr.update(interactive=at + len(part) < len(found)),
        )

    def show_outlets() -> Any:
        return gr.update(choices=[ANY_OUTLET, *library.publishers()])

    def show_spoken(name: str | None, publisher: str, first: str, last: str, number: int = 0) -> tuple[Any, ...]:
        speaker = _named(library.speakers(names=[name]) if name else [], name)
        if speaker is None:
            return "", str(NOT_CHOSEN), 0, gr.update(visible=False), gr.update(visible=False)
        period, at = _period(first, last), number * SPOKEN_SIZE
        names, where = speaker.names, _outlet(publisher)
        found = library.statements(names, publisher=where, period=period, limit=SPOKEN_SIZE, offset=at)
        total = library.count_statements(names, publisher=where, period=period)
        articles = library.articles_by_id({statement.article_id for statement in found})
        return (
            str(timeline_html(library.statement_days(names, where, period))),
            str(statements_html(speaker, found, articles, at, total)),
            number,
            gr.update(visible=number > 0),
            gr.update(visible=at + len(found) < total),
        )

    def listen(event: Any, function: Any, inputs: Any, outputs: Any) -> Dependency:
        heard: Dependency = event(function, inputs, outputs, api_visibility="private", show_progress="hidden")
        return heard

    filters = [wanted, *limits]
    listen(tab.select, show_outlets, None, outlet)
    for event in (tab.select, wanted.change, outlet.change, since.submit, until.submit, since.blur, until.blur):
        listen(event, show_list, filters, listing)
    listen(back.click, _moved(show_list, -1), [*filters, place], listing)
    listen(forth.click, _moved(show_list, 1), [*filters, place], listing)
    chosen = [speakers, *limits]
    listen(speakers.change, show_spoken, chosen, shown)
    listen(earlier.click, _moved(show_spoken, -1), [*chosen, spoken_place], shown)
    listen(later.click, _moved(show_spoken, 1), [*chosen, spoken_place], shown)


def _moved(show: Callable[..., tuple[Any, ...]], by: int) -> Callable[..., tuple[Any, ...]]:
    """The same list, another page of it: the last value is the number of the page that is shown."""
    return lambda *values: show(*values[:-1], values[-1] + by)


def _named(speakers: Sequence[Speaker], name: str | None) -> Speaker | None:
    return next((speaker for speaker in speakers if name in speaker.names), None)


def _outlet(publisher: str | None) -> str | None:
    return None if publisher in (None, "", ANY_OUTLET) else publisher


def _period(first: str, last: str) -> Period:
    """The days between two typed ones.

    Raises:
        ValueError: one is no day; the message says which.
    """
    return Period(_day(first), _day(last))


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text.strip()[:20]}” is no day; write it as 2022-12-31.") from None
