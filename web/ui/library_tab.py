"""The Library tab: list, read and remove articles, and add files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index import Article, ArticleNotFound, Library, LibraryFailed
from index.readers import FILE_KINDS

from ..access import Role, record_change
from ..background import Background
from ..jobs import Jobs, JobsFull
from ..messages import common
from ..messages import library as texts
from ..uploads import add_upload, display_name
from .address_form import build_address_form
from .html import article_html, byline, notice_html, panel_html, title_of
from .panel import connect, html_panel
from .results import SourceResult, failed_result, report_result, results_html

_LOG = logging.getLogger(__name__)

PAGE_SIZE = 20
NONE_SELECTED = panel_html(texts.ARTICLE, texts.NONE_SELECTED)

Updates = tuple[Any, ...]


def build_library_tab(page: gr.Blocks, tab: gr.Tab, library: Library, background: Background) -> list[Dependency]:
    """Add the library to the open context of `page`. Its list is refreshed whenever `tab` is opened.

    Returns the events that follow the adding of articles.
    """
    page_number = gr.State(0)
    to_remove = gr.State(None)
    with gr.Row(elem_id="shelf"):
        with gr.Column(scale=3, min_width=320):
            upload = gr.File(
                label=texts.UPLOAD,
                file_count="multiple",
                file_types=list(FILE_KINDS),
                height=130,
                elem_id="upload",
            )
            results = html_panel(notice_html(""), elem_id="results", render=False)
            jobs_ended = build_address_form(page, tab, library, background.jobs, results)
            results.render()  # type: ignore[no-untyped-call]
            search = gr.Textbox("", label=texts.SEARCH, elem_id="find", max_lines=1)
            count = html_panel(notice_html(""), elem_id="count")
            articles = gr.Radio([], label=texts.ARTICLES, elem_id="articles")
            with gr.Row(elem_id="pager"):
                previous = gr.Button(texts.PREVIOUS, interactive=False, size="sm")
                following = gr.Button(texts.NEXT, interactive=False, size="sm")
        with gr.Column(scale=2, min_width=300):
            reading = html_panel(NONE_SELECTED, elem_id="reading")
            remove = gr.Button(texts.REMOVE, visible=False, size="sm", elem_id="remove")
            with gr.Column(visible=False, elem_id="confirmation") as confirmation:
                warning = html_panel(notice_html(""), elem_id="warning")
                with gr.Row():
                    confirm = gr.Button(texts.CONFIRM_REMOVAL, variant="stop", size="sm", elem_id="confirm")
                    cancel = gr.Button(texts.CANCEL, size="sm", elem_id="keep")

    handlers = _Handlers(library, background)
    listing = [articles, count, page_number, previous, following]
    for event in (page.load, tab.select, search.change):
        connect(event, handlers.list_articles, search, listing, role=Role.READ)
    connect(
        previous.click,
        lambda words, number: handlers.list_articles(words, number - 1),
        [search, page_number],
        listing,
        role=Role.READ,
    )
    connect(
        following.click,
        lambda words, number: handlers.list_articles(words, number + 1),
        [search, page_number],
        listing,
        role=Role.READ,
    )
    connect(articles.change, handlers.show_article, articles, [reading, remove, confirmation], role=Role.READ)
    connect(remove.click, handlers.confirm_removal, articles, [to_remove, warning, confirmation], role=Role.WRITE)
    connect(cancel.click, lambda: gr.update(visible=False), None, confirmation, role=Role.READ)
    removed = connect(confirm.click, handlers.remove, to_remove, results, role=Role.WRITE)
    connect(removed.then, handlers.list_articles, search, listing, role=Role.READ)
    uploaded = connect(upload.upload, handlers.add_files, upload, results, role=Role.WRITE)
    uploaded = connect(uploaded.then, lambda: None, None, upload, role=Role.READ)
    return [
        connect(ended.then, handlers.list_articles, search, listing, role=Role.READ)
        for ended in (uploaded, *jobs_ended)
    ]


class _Handlers:
    """Event handlers of the tab. They return updates of the components that `build_library_tab` connects."""

    def __init__(self, library: Library, background: Background) -> None:
        self._library = library
        self._background = background

    def list_articles(self, words: str, page_number: int = 0) -> Updates:
        """Show a page of the list."""
        words, first = words.strip(), page_number * PAGE_SIZE
        articles = list(self._library.articles(words, PAGE_SIZE, first))
        total = self._library.count_articles(words)
        if articles:
            line = texts.article_count(first, len(articles), total)
        else:
            line = texts.NO_MATCH if words else texts.EMPTY
        return (
            gr.update(choices=[(article_label(article), article.id) for article in articles], value=None),
            str(notice_html(line)),
            page_number,
            gr.update(interactive=page_number > 0),
            gr.update(interactive=first + len(articles) < total),
        )

    def show_article(self, article_id: int | None) -> Updates:
        """Show the selected article."""
        article = self._find(article_id)
        html = article_html(article, self._library.revisions(article.id)) if article else NONE_SELECTED
        return str(html), gr.update(visible=article is not None), gr.update(visible=False)

    def confirm_removal(self, article_id: int | None) -> Updates:
        """Ask whether to remove the selected article."""
        if (article := self._find(article_id)) is None:
            return None, "", gr.update(visible=False)
        sources = [display_name(source) for source in article.sources]
        is_file = any("://" not in source for source in article.sources)
        question = texts.confirm_removal(title_of(article), sources, is_file)
        return article_id, str(notice_html(question)), gr.update(visible=True)

    def remove(self, article_id: int | None) -> str:
        """Remove an article."""
        try:
            title = title_of(self._library.article(article_id or 0))
            self._library.remove(article_id or 0)
            record_change("remove", [article_id or 0])
        except ArticleNotFound:
            return str(notice_html(texts.ALREADY_REMOVED))
        except LibraryFailed:
            _LOG.exception("The library failed")
            return str(notice_html(common.LIBRARY_FAILED))
        return str(notice_html(texts.removed(title)))

    def add_files(self, paths: list[str] | None) -> Iterator[str]:
        """Add uploaded files one by one."""
        for results in add_files(self._library, self._background.uploads, paths or []):
            yield str(results_html(results))

    def _find(self, article_id: int | None) -> Article | None:
        try:
            return self._library.article(article_id) if article_id is not None else None
        except ArticleNotFound:
            return None


def add_files(library: Library, uploads: Jobs, paths: list[str]) -> Iterator[list[SourceResult]]:
    """Add uploaded files one by one, as jobs. Yields the results so far before and after each file."""
    results: list[SourceResult] = []
    for number, path in enumerate(map(Path, paths), start=1):
        yield [*results, SourceResult(path.name, "adding", texts.adding_file(number, len(paths)))]
        results.append(_add_file(library, uploads, path))
        yield results


def _add_file(library: Library, uploads: Jobs, path: Path) -> SourceResult:
    try:
        job = uploads.start(path.name, lambda _, stop: add_upload(library, path, path.name, stop))
        job.ended.wait()
        return report_result(job.report, path.name)
    except JobsFull:
        return failed_result(path.name, texts.UPLOADS_BUSY)
    finally:
        path.unlink(missing_ok=True)  # Gradio would keep the upload for an hour; the library has its text now


def article_label(article: Article) -> str:
    """An article in the list, as two lines of plain text: its title, then its origin and dates."""
    source = article.source if "://" in article.source else Path(article.source).name
    details = texts.article_details(byline(article), source, article.id, common.long_date(article.added))
    return f"{title_of(article)}\n{details}"
