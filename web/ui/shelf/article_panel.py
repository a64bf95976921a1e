"""The article that is read: its text, removal, and the form for its details."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index import Article, ArticleNotFound, FilterError, Library, LibraryFailed

from ...access import Role, record_change
from ...messages import common
from ...messages import library as texts
from ..html import article_html, notice_html, panel_html
from ..panel import connect, day_of, day_picker, html_panel

_LOG = logging.getLogger(__name__)
NONE_SELECTED = panel_html(texts.ARTICLE, texts.NONE_SELECTED)

READ, WRITE = Role.READ, Role.WRITE
Updates = tuple[Any, ...]


class ArticlePanel:
    """The panel, in the open context of a page.

    Attributes:
        remove: the button that removes the article.
        shown_id: the id of the article that is shown, or None.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.shown_id = gr.State(None)
        self._reading = html_panel(NONE_SELECTED, elem_id="reading")
        with gr.Row(visible=False, elem_id="article-buttons") as self._buttons:
            self._edit = gr.Button(texts.EDIT, size="sm", elem_id="edit")
            self.remove = gr.Button(texts.REMOVE, size="sm", elem_id="remove")
        with gr.Column(visible=False, elem_id="edit-form") as self._form:
            self._title = gr.Textbox("", label=texts.TITLE, max_lines=3, elem_id="edit-title")
            with gr.Row():
                self._publisher = gr.Textbox("", label=texts.OUTLET, max_lines=1, min_width=140, elem_id="edit-outlet")
                self._author = gr.Textbox("", label=texts.AUTHOR, max_lines=1, min_width=140, elem_id="edit-author")
                self._published = day_picker(texts.PUBLISHED, elem_id="edit-day")
            options: dict[str, Any] = {"multiselect": True, "allow_custom_value": True, "max_choices": 50}
            self._tags = gr.Dropdown([], label=texts.TAGS, info=texts.TAGS_HINT, elem_id="edit-tags", **options)
            self._collections = gr.Dropdown([], label=texts.COLLECTIONS, elem_id="edit-collections", **options)
            self._problem = html_panel(notice_html(""), elem_id="edit-problem")
            with gr.Row():
                self._save = gr.Button(texts.SAVE, variant="primary", size="sm", elem_id="save")
                self._cancel = gr.Button(texts.CANCEL, size="sm", elem_id="cancel-edit")
                self._revert = gr.Button(texts.REVERT, size="sm", visible=False, elem_id="revert")

    @property
    def _fields(self) -> list[Any]:
        return [self._title, self._publisher, self._author, self._published, self._tags, self._collections]

    def connect(self, articles: gr.Radio) -> list[Dependency]:
        """Connect the events; `articles` is the list. Returns those after which an article has other details."""
        shown = [self._reading, self._buttons, self._form, self.shown_id]
        connect(articles.change, self._show, articles, shown, role=READ)
        opened = [*self._fields, self._revert, self._problem, self._form]
        connect(self._edit.click, self._open_form, self.shown_id, opened, role=WRITE)
        connect(self._cancel.click, lambda: gr.update(visible=False), None, self._form, role=READ)
        return [
            connect(event, handler, inputs, [self._problem, *shown], role=WRITE)
            for event, handler, inputs in (
                (self._save.click, self._save_edit, [self.shown_id, *self._fields]),
                (self._revert.click, self._undo_edits, self.shown_id),
            )
        ]

    def _show(self, article_id: int | None) -> Updates:
        """Show an article, or that none is selected."""
        article = self._find(article_id)
        html = article_html(article, self._library.revisions(article.id)) if article else NONE_SELECTED
        is_shown = article is not None
        return str(html), gr.update(visible=is_shown), gr.update(visible=False), article.id if article else None

    def _open_form(self, article_id: int | None) -> Updates:
        if (article := self._find(article_id)) is None:
            return (*[gr.update()] * 7, str(notice_html(texts.ALREADY_REMOVED)), gr.update(visible=False))
        catalog, library = self._library.catalog, self._library
        return (
            article.title,
            article.publisher or "",
            article.author or "",
            article.published.isoformat() if article.published else None,
            gr.update(
                choices=[label.name for label in library.tags()],
                value=list(catalog.tags([article.id]).get(article.id, ())),
            ),
            gr.update(
                choices=[label.name for label in library.collections.list()],
                value=list(catalog.collections([article.id]).get(article.id, ())),
            ),
            gr.update(visible=bool(article.edited)),
            "",
            gr.update(visible=True),
        )

    def _save_edit(  # noqa: PLR0913 the values of the components
        self,
        article_id: int | None,
        title: str,
        publisher: str,
        author: str,
        published: str | None,
        tags: list[str],
        collections: list[str],
    ) -> Updates:
        """Save the form; if something is wrong with it, it stays open and says so."""
        try:
            changes = {"title": title, "publisher": publisher, "author": author, "published": day_of(published)}
            article = self._library.edit(article_id or 0, changes)
            self._set_labels(article.id, tags, collections)
            record_change("edit", [article.id])
        except ArticleNotFound:
            return self._with_problem(texts.ALREADY_REMOVED)
        except (ValueError, FilterError) as error:
            return self._with_problem(str(error))
        except LibraryFailed:
            _LOG.exception("The library failed")
            return self._with_problem(common.LIBRARY_FAILED)
        return "", *self._show(article.id)

    def _undo_edits(self, article_id: int | None) -> Updates:
        try:
            article = self._library.article(article_id or 0)
            self._library.edit(article.id, {}, article.edited)
            record_change("edit", [article.id])
        except ArticleNotFound:
            return self._with_problem(texts.ALREADY_REMOVED)
        except LibraryFailed:
            _LOG.exception("The library failed")
            return self._with_problem(common.LIBRARY_FAILED)
        return "", *self._show(article.id)

    def _set_labels(self, article_id: int, tags: Sequence[str], collections: Sequence[str]) -> None:
        catalog = self._library.catalog
        before = set(catalog.tags([article_id]).get(article_id, ()))
        for tag in set(tags) - before:
            self._library.tag([article_id], tag)
        for tag in before - set(tags):
            self._library.untag([article_id], tag)
        before = set(catalog.collections([article_id]).get(article_id, ()))
        for name in set(collections) - before:
            self._library.collections.add(name, [article_id])
        for name in before - set(collections):
            self._library.collections.remove(name, [article_id])

    def _with_problem(self, text: str) -> Updates:
        return (str(notice_html(text)), *[gr.update()] * 4)

    def _find(self, article_id: int | None) -> Article | None:
        try:
            return self._library.article(article_id) if article_id is not None else None
        except ArticleNotFound:
            return None
