"""The Speakers tab: who speaks in the articles, and their statements by date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.events import Dependency
from markupsafe import Markup

from index import Library, Period, Speaker

from ..access import Role
from ..messages import speakers as texts
from .html import notice_html, panel_html, speaker_label, statements_html, statements_link_html, timeline_html
from .panel import connect, day_of, day_picker, html_panel
from .speakers import MergeForm

SPEAKERS_PER_PAGE = 20
STATEMENTS_PER_PAGE = 20
NONE_SELECTED = panel_html(texts.STATEMENTS, texts.NONE_SELECTED)
READ = Role.READ

Updates = tuple[Any, ...]


def build_speakers_tab(tab: gr.Tab, library: Library) -> None:
    """Add the speakers to the open `gr.Blocks` context. Their list is refreshed whenever `tab` is opened."""
    list_page, statements_page, chosen = gr.State(0), gr.State(0), gr.State(None)
    with gr.Row(elem_id="speech"):
        with gr.Column(scale=2, min_width=300):
            search = gr.Textbox("", label=texts.SEARCH, elem_id="find-speaker", max_lines=1)
            with gr.Accordion(texts.FILTERS, open=False, elem_id="speaker-filters"):
                outlet = gr.Dropdown([texts.ANY_OUTLET], value=texts.ANY_OUTLET, label=texts.OUTLET, elem_id="outlet")
                with gr.Row():
                    since = day_picker(texts.SINCE, elem_id="speakers-since")
                    until = day_picker(texts.UNTIL, elem_id="speakers-until")
            with_groups = gr.Checkbox(value=False, label=texts.WITH_GROUPS, elem_id="with-groups")
            count = html_panel(notice_html(""), elem_id="speaker-count")
            speakers = gr.Radio([], label=texts.SPEAKERS, elem_id="speakers")
            with gr.Row(elem_classes="pager"):
                previous = gr.Button(texts.PREVIOUS, interactive=False, size="sm")
                following = gr.Button(texts.NEXT, interactive=False, size="sm")
        with gr.Column(scale=3, min_width=320, elem_id="spoken-column"):
            back = gr.Button(texts.BACK, size="sm", visible=False, elem_id="back-to-speakers")
            timeline = html_panel(Markup(), elem_id="timeline")
            statements = html_panel(NONE_SELECTED, elem_id="spoken")
            with gr.Row(elem_classes="pager"):
                earlier = gr.Button(texts.EARLIER, visible=False, size="sm")
                later = gr.Button(texts.LATER, visible=False, size="sm")
            merges = MergeForm(library)

    handlers = _Handlers(library)
    filters: list[Any] = [outlet, since, until]
    query, listing = [search, *filters, with_groups, chosen], [speakers, count, list_page, previous, following]
    selection, shown = [chosen, *filters], [timeline, statements, statements_page, earlier, later, back]

    def refresh_on(event: Any) -> Dependency:
        """Show the list and the statements of the chosen speaker again: the choice survives filters."""
        listed = connect(event, handlers.list_speakers, query, listing, role=READ)
        return connect(listed.then, handlers.list_statements, selection, shown, role=READ)

    connect(tab.select, handlers.list_outlets, None, outlet, role=READ)
    for event in (tab.select, search.change, with_groups.input, *(narrow.change for narrow in filters)):
        refresh_on(event)
    for changed in merges.connect(chosen):
        refresh_on(changed.then)
    for button, show, inputs, outputs in (
        (previous, _turn_page(handlers.list_speakers, -1), [*query, list_page], listing),
        (following, _turn_page(handlers.list_speakers, 1), [*query, list_page], listing),
        (earlier, _turn_page(handlers.list_statements, -1), [*selection, statements_page], shown),
        (later, _turn_page(handlers.list_statements, 1), [*selection, statements_page], shown),
    ):
        connect(button.click, show, inputs, outputs, role=READ)
    picked = connect(speakers.input, lambda name: name, speakers, chosen, role=READ)
    opened = connect(picked.then, handlers.list_statements, selection, shown, role=READ)
    merges.show_on(opened, chosen)
    left = connect(back.click, lambda: (None, None), None, [speakers, chosen], role=READ)
    connect(left.then, handlers.list_statements, selection, shown, role=READ)


class _Handlers:
    """Event handlers of the tab. They return updates of the components that `build_speakers_tab` connects."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def list_outlets(self) -> Any:
        """Offer the outlets of the library as filters."""
        return gr.update(choices=[texts.ANY_OUTLET, *self._library.publishers()])

    def list_speakers(  # noqa: PLR0913 the values of the components
        self,
        words: str,
        outlet: str,
        since: str | None,
        until: str | None,
        with_groups: bool,
        chosen: str | None,
        page_number: int = 0,
    ) -> Updates:
        """Show a page of the list of speakers: people first, then organisations, then groups without a name."""
        try:
            period = Period(day_of(since), day_of(until))
        except ValueError as error:
            return gr.update(), str(notice_html(str(error))), page_number, gr.update(), gr.update()
        found = self._library.speech.speakers(words.strip(), _publisher(outlet), period)
        speakers, hidden = sorted_speakers(found, with_groups=with_groups or bool(words.strip()))
        first = page_number * SPEAKERS_PER_PAGE
        part = speakers[first : first + SPEAKERS_PER_PAGE]
        line = texts.speaker_count(first, len(part), len(speakers), hidden) if speakers or hidden else ""
        if not found:
            line = texts.NO_MATCH if len(self._library.speech.speakers()) else texts.NO_SPEAKERS
        selected = _with_name(part, chosen)
        return (
            gr.update(
                choices=[(speaker_label(speaker), speaker.name) for speaker in part],
                value=selected.name if selected else None,
            ),
            str(notice_html(line)),
            page_number,
            gr.update(interactive=page_number > 0),
            gr.update(interactive=first + len(part) < len(speakers)),
        )

    def list_statements(
        self, name: str | None, outlet: str, since: str | None, until: str | None, page_number: int = 0
    ) -> Updates:
        """Show a page of the selected speaker's statements, with a timeline of all of them."""
        speaker = _with_name(self._library.speech.speakers(names=[name]) if name else [], name)
        try:
            period = Period(day_of(since), day_of(until))
        except ValueError:  # the list says so
            return gr.update(), gr.update(), page_number, gr.update(), gr.update(), gr.update()
        if speaker is None:
            return "", str(NONE_SELECTED), 0, *[gr.update(visible=False)] * 3
        speech, names, publisher = self._library.speech, speaker.names, _publisher(outlet)
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
            gr.update(visible=True),
        )


def sorted_speakers(speakers: Sequence[Speaker], *, with_groups: bool) -> tuple[list[Speaker], int]:
    """People first, then organisations, then groups without a name; within each as before.

    A group is called by a common noun: its last word is in lower case, in this name or, for a single word at the start
    of a sentence ("Voters"), in another one ("62 percent of voters").

    Returns:
        The speakers, and the number of groups that are left out.
    """
    nouns = {speaker.name.split()[-1] for speaker in speakers if speaker.name.split()[-1:] and not speaker.is_person}
    people = [speaker for speaker in speakers if speaker.is_person]
    others = [speaker for speaker in speakers if not speaker.is_person]
    groups = [speaker for speaker in others if _is_group(speaker.name.split(), nouns)]
    organisations = [speaker for speaker in others if not _is_group(speaker.name.split(), nouns)]
    shown = [*people, *organisations]
    return ([*shown, *groups], 0) if with_groups or not shown else (shown, len(groups))


def _is_group(words: list[str], nouns: set[str]) -> bool:
    last = words[-1] if words else ""
    return last[:1].islower() or (len(words) == 1 and not last.isupper() and last.lower() in nouns)


def _turn_page(show: Callable[..., Updates], pages: int) -> Callable[..., Updates]:
    """A handler for another page of a list; its last argument is the number of the current page."""
    return lambda *values: show(*values[:-1], values[-1] + pages)


def _with_name(speakers: Sequence[Speaker], name: str | None) -> Speaker | None:
    return next((speaker for speaker in speakers if name in speaker.names), None)


def _publisher(outlet: str | None) -> str | None:
    return None if outlet in (None, "", texts.ANY_OUTLET) else outlet
