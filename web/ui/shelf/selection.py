"""Several articles at once: remove them, undo that, tag them, put them into a collection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index import ArticleNotFound, CollectionNotFound, FilterError, Library, LibraryFailed

from ...access import Role, record_change
from ...messages import common
from ...messages import library as texts
from ..html import notice_html, title_of
from ..panel import connect, html_panel
from .article_panel import ArticlePanel
from .listing import Listing

_LOG = logging.getLogger(__name__)

READ, WRITE = Role.READ, Role.WRITE
Updates = tuple[Any, ...]


class SelectionBar:
    """The bar above the list, in the open context of a page, and the line that offers to undo a removal."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._removed = gr.State([])

    def show_switch(self) -> None:
        """Add the button that switches to the selection of several articles."""
        self._select = gr.Button(texts.SELECT_SEVERAL, size="sm", scale=0, min_width=120, elem_id="select-several")

    def show(self) -> None:
        """Add the bar and the line."""
        with gr.Column(visible=False, elem_id="selection") as self._bar, gr.Row():
            self._label = gr.Textbox("", label=texts.LABEL, max_lines=1, min_width=140, elem_id="label")
            self._tag = gr.Button(texts.ADD_TAG, size="sm", min_width=80, scale=0, elem_id="tag-selected")
            self._collect = gr.Button(texts.ADD_TO_COLLECTION, size="sm", min_width=120, scale=0, elem_id="collect")
            self._remove = gr.Button(
                texts.REMOVE_SELECTED, size="sm", min_width=120, scale=0, elem_id="remove-selected"
            )
            self._done = gr.Button(texts.DONE, size="sm", min_width=80, scale=0, elem_id="selection-done")
        with gr.Row(visible=False, elem_id="undo-row") as self._undo_row:
            self._notice = html_panel(notice_html(""), elem_id="removed")
            self._undo = gr.Button(texts.UNDO, size="sm", scale=0, min_width=80, elem_id="undo")

    def connect(self, listing: Listing, panel: ArticlePanel) -> list[Dependency]:
        """Connect the events. Returns those after which the list may have changed."""
        switched = [self._bar, self._select, listing.articles, listing.chosen]
        connect(self._select.click, lambda: _switched(is_several=True), None, switched, role=WRITE)
        connect(self._done.click, lambda: _switched(is_several=False), None, switched, role=READ)
        undo = [self._removed, self._notice, self._undo_row, self._undo]
        labelled = [self._notice, self._undo_row, self._undo]
        chosen = [listing.chosen, self._label]
        return [
            connect(
                panel.remove.click,
                lambda one: self._remove_all([one] if one else []),
                panel.shown_id,
                undo,
                role=WRITE,
            ),
            connect(self._remove.click, self._remove_all, listing.chosen, undo, role=WRITE),
            connect(self._undo.click, self._restore, self._removed, undo, role=WRITE),
            connect(
                self._tag.click,
                lambda ids, tag: self._attach(self._library.tag, ids, tag),
                chosen,
                labelled,
                role=WRITE,
            ),
            connect(
                self._collect.click,
                lambda ids, name: self._attach(lambda many, own: self._library.collections.add(own, many), ids, name),
                chosen,
                labelled,
                role=WRITE,
            ),
        ]

    def _remove_all(self, article_ids: list[int]) -> Updates:
        """Remove articles; those that somebody else removed meanwhile are passed over."""
        found = self._library.catalog.by_id(article_ids)
        if not found:
            text = texts.ALREADY_REMOVED if article_ids else texts.NOTHING_SELECTED
            return [], str(notice_html(text)), gr.update(visible=True), gr.update(visible=False)
        if (problem := self._try(lambda: self._library.remove(found))) is not None:
            return [], problem, gr.update(visible=True), gr.update(visible=False)
        record_change("remove", list(found))
        text = texts.removed(title_of(next(iter(found.values()))), len(found))
        return list(found), str(notice_html(text)), gr.update(visible=True), gr.update(visible=True)

    def _restore(self, article_ids: list[int]) -> Updates:
        """Undo the last removal."""
        problem = self._try(lambda: self._library.restore(article_ids))
        if problem is None:
            record_change("restore", article_ids)
        text = problem or str(notice_html(texts.restored(len(article_ids))))
        return [], text, gr.update(visible=True), gr.update(visible=False)

    def _attach(self, attach: Callable[[list[int], str], None], article_ids: list[int], name: str) -> Updates:
        """Give the chosen articles a tag, or put them into a collection."""
        if not article_ids:
            text = str(notice_html(texts.NOTHING_SELECTED))
        else:
            text = self._try(lambda: attach(article_ids, name)) or ""
            if not text:
                record_change("edit", article_ids)
                text = str(notice_html(texts.labelled(name.strip(), len(article_ids))))
        return text, gr.update(visible=True), gr.update(visible=False)

    def _try(self, work: Callable[[], None]) -> str | None:
        """Do something. Returns why it failed, for the line, or None."""
        try:
            work()
        except (ArticleNotFound, CollectionNotFound):
            return str(notice_html(texts.ALREADY_REMOVED))
        except FilterError as error:
            return str(notice_html(str(error)))
        except LibraryFailed:
            _LOG.exception("The library failed")
            return str(notice_html(common.LIBRARY_FAILED))
        return None


def _switched(*, is_several: bool) -> Updates:
    """Show check boxes instead of the list that opens articles, or the other way round."""
    return (
        gr.update(visible=is_several),
        gr.update(visible=not is_several),
        gr.update(visible=not is_several),
        gr.update(visible=is_several, value=[]),
    )
