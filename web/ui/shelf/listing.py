"""The list of articles: search, order, filters and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, cast

import gradio as gr
from gradio.events import Dependency

from index import Article, Library, Where
from index.storage import Order

from ...access import Role
from ...messages import common
from ...messages import library as texts
from ...uploads import display_name
from ..html import byline, notice_html, panel_html, title_of
from ..panel import connect, day_of, day_picker, html_panel

PAGE_SIZE: Final = 20

READ = Role.READ
Updates = tuple[Any, ...]


class Listing:
    """The list with what narrows it, in the open context of a page.

    Attributes:
        articles: the list; its value is the id of the selected article.
        chosen: the same list as check boxes, for several articles; hidden at first.
        add_samples: a button of the empty library.
    """

    def __init__(self, library: Library, *, has_samples: bool) -> None:
        self._library = library
        self._has_samples = has_samples
        self._page_number = gr.State(0)
        with gr.Row(elem_id="narrow"):
            self._search = gr.Textbox("", label=texts.SEARCH, elem_id="find", max_lines=1, scale=3)
            self._order = gr.Dropdown(
                list(texts.ORDERS), value="added", label=texts.ORDER, elem_id="order", scale=1, min_width=150
            )
        with gr.Accordion(texts.FILTERS, open=False, elem_id="library-filters"):
            with gr.Row():
                self._outlet = gr.Dropdown([(texts.ANY_OUTLET, "")], value="", label=texts.OUTLET, min_width=140)
                self._since = day_picker(texts.SINCE)
                self._until = day_picker(texts.UNTIL)
            with gr.Row():
                self._tag = gr.Dropdown([(texts.ANY_TAG, "")], value="", label=texts.TAG, min_width=140)
                self._collection = gr.Dropdown(
                    [(texts.ANY_COLLECTION, "")], value="", label=texts.COLLECTION, min_width=140
                )
            self._clear = gr.Button(texts.CLEAR_FILTERS, size="sm", elem_id="clear-filters")
        self._count = html_panel(notice_html(""), elem_id="count", render=False)

    def show(self, buttons: Callable[[], None]) -> None:
        """Add the number of articles and the list to the open context; `buttons` adds what stands between them."""
        with gr.Row(elem_id="count-row"):
            self._count.render()  # type: ignore[no-untyped-call]
            buttons()
        with gr.Column(visible=False, elem_id="empty-library") as self._empty:
            html_panel(panel_html(texts.EMPTY_HEADING, texts.EMPTY), elem_id="empty-hint")
            self.add_samples = gr.Button(texts.ADD_SAMPLES, size="sm", visible=self._has_samples, elem_id="add-samples")
        self.articles = gr.Radio([], label=texts.ARTICLES, elem_id="articles")
        self.chosen = gr.CheckboxGroup([], label=texts.ARTICLES, elem_id="chosen", visible=False, show_select_all=True)
        with gr.Row(elem_id="pager"):
            self._previous = gr.Button(texts.PREVIOUS, interactive=False, size="sm")
            self._following = gr.Button(texts.NEXT, interactive=False, size="sm")

    @property
    def _filters(self) -> list[Any]:
        return [self._outlet, self._since, self._until, self._tag, self._collection]

    @property
    def _narrowing(self) -> list[Any]:
        return [self._outlet, self._tag, self._collection]

    @property
    def _inputs(self) -> list[Any]:
        return [self._search, self._order, *self._filters, self.articles, self.chosen]

    @property
    def _turning(self) -> list[Any]:
        return [*self._inputs, self._page_number]

    @property
    def _outputs(self) -> list[Any]:
        pages = [self._page_number, self._previous, self._following]
        return [self.articles, self.chosen, self._count, self._empty, *pages]

    def connect(self) -> None:
        """Connect the controls. Call it in the context of the page."""
        for event in (self._search.change, self._order.input, *(narrow.change for narrow in self._filters)):
            connect(event, self._list, self._inputs, self._outputs, role=READ)
        connect(self._clear.click, lambda: ("", None, None, "", ""), None, self._filters, role=READ)
        for button, pages in ((self._previous, -1), (self._following, 1)):
            connect(button.click, self._turner(pages), [*self._inputs, self._page_number], self._outputs, role=READ)

    def refresh_on(self, event: Any) -> Dependency:
        """Show the first page of the list, and the choices of its filters, on an event. Returns what follows it."""
        refreshed = connect(event, self._choices, self._filters, self._narrowing, role=READ)
        return connect(refreshed.then, self._list, self._inputs, self._outputs, role=READ)

    def stay_on(self, event: Any) -> Dependency:
        """Show the same page of the list again on an event."""
        refreshed = connect(event, self._choices, self._filters, self._narrowing, role=READ)
        return connect(refreshed.then, self._turner(0), self._turning, self._outputs, role=READ)

    def _turner(self, pages: int) -> Callable[..., Updates]:
        def turn(*values: Any) -> Updates:
            arguments: list[Any] = [*values[:-1], max(0, values[-1] + pages)]
            return self._list(*arguments)

        return turn

    def _choices(self, outlet: str, _: str | None, __: str | None, tag: str, collection: str) -> Updates:
        """Offer the outlets, tags and collections of the library."""
        library = self._library
        return (
            _offered(outlet, texts.ANY_OUTLET, library.publishers()),
            _offered(tag, texts.ANY_TAG, [label.name for label in library.tags()]),
            _offered(collection, texts.ANY_COLLECTION, [label.name for label in library.collections.list()]),
        )

    def _list(  # noqa: PLR0913 the values of the components
        self,
        words: str,
        order: str,
        outlet: str,
        since: str | None,
        until: str | None,
        tag: str,
        collection: str,
        selected: int | None,
        chosen: list[int],
        page_number: int = 0,
    ) -> Updates:
        """Show a page of the list."""
        try:
            where = _where(outlet, day_of(since), day_of(until), tag, collection)
        except ValueError as error:
            return (gr.update(), gr.update(), str(notice_html(str(error))), *[gr.update()] * 4)
        total = self._library.count_articles(where=where, words=words)
        page_number = min(page_number, max(0, total - 1) // PAGE_SIZE)
        first = page_number * PAGE_SIZE
        articles = list(
            self._library.articles(limit=PAGE_SIZE, offset=first, where=where, words=words, order=cast("Order", order))
        )
        is_empty = not total and not words.strip() and where.is_empty
        line = texts.article_count(first, len(articles), total) if articles else "" if is_empty else texts.NO_MATCH
        tags = self._library.catalog.tags(article.id for article in articles)
        choices = [(article_label(article, tags.get(article.id, ())), article.id) for article in articles]
        ids = {article.id for article in articles}
        # Without a value, one that was selected in the meantime stays.
        kept: dict[str, Any] = {} if selected is None else {"value": selected if selected in ids else None}
        still_chosen: dict[str, Any] = {"value": [one for one in chosen if one in ids]} if chosen else {}
        return (
            gr.update(choices=choices, **kept),
            gr.update(choices=choices, **still_chosen),
            str(notice_html(line)),
            gr.update(visible=is_empty),
            page_number,
            gr.update(interactive=page_number > 0),
            gr.update(interactive=first + len(articles) < total),
        )


def article_label(article: Article, tags: tuple[str, ...] = ()) -> str:
    """An article in the list, as two lines of plain text: its title, then its origin, dates and tags."""
    source = article.source if "://" in article.source else display_name(article.source)
    added = common.long_date(article.added)
    details = texts.article_details(byline(article), source, article.id, added, tags, is_edited=bool(article.edited))
    return f"{title_of(article)}\n{details}"


def _offered(current: str, everything: str, names: list[str]) -> Any:
    known = [*names, *([current] if current and current not in names else [])]
    return gr.update(choices=[(everything, ""), *((name, name) for name in known)])


def _where(outlet: str, since: date | None, until: date | None, tag: str, collection: str) -> Where:
    return Where(
        publishers=(outlet,) if outlet else (),
        since=since,
        until=until,
        tags=(tag,) if tag else (),
        collections=(collection,) if collection else (),
    )
