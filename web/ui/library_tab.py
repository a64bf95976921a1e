"""The library tab: the articles, adding files and removing an article."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from index import FILE_KINDS, Article, ArticleNotFound, Library, LibraryError, LibraryFailed, Report

from ..api import LIBRARY_FAILED
from ..background import Background
from ..uploads import add_upload, display_name
from .address_form import build_online_form
from .html import article_html, byline, long_date, note_html, panel_html, results_html, title_of
from .panel import html_panel

_LOG = logging.getLogger(__name__)

PAGE_SIZE = 20
EMPTY = "The library is empty. Add articles above: saved pages, text, PDF, Word, EPUB, e-mail, tables, archives."
NOT_CHOSEN = panel_html("Article", "Choose an article to read it here.")

Result = tuple[str, str, str]


def add_files(library: Library, paths: list[str]) -> Iterator[list[Result]]:
    """Add uploaded files one by one. Yields the results so far, each file's at first as "adding"."""
    results: list[Result] = []
    for number, path in enumerate(map(Path, paths), start=1):
        yield [*results, (path.name, "adding", f"file {number} of {len(paths)}")]
        results.append(_add_file(library, path))
        yield results


def describe_report(report: Report, name: str) -> Result:
    """What became of one file."""
    if report.failed:
        rest = f" ({len(report.added)} added)" if report.added else ""
        return name, "failed", "; ".join(failure.reason for failure in report.failed) + rest
    counts = {"added": len(report.added), "updated": len(report.updated), "unchanged": len(report.unchanged)}
    outcome = next((kind for kind, count in counts.items() if count), "failed")
    if sum(counts.values()) < 2:
        return name, outcome, "" if outcome != "failed" else "no article found in it"
    return name, outcome, ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)


def build_library_tab(page: gr.Blocks, tab: gr.Tab, library: Library, background: Background) -> list[Dependency]:
    """Put the library into the open context of `page`, and list it anew whenever `tab` is opened.

    Returns the events that end an adding, for what else has to follow them.
    """
    place = gr.State(0)
    asked = gr.State(None)
    with gr.Row(elem_id="shelf"):
        with gr.Column(scale=3, min_width=320):
            upload = gr.File(
                label="Add articles (pages, text, PDF, Word, EPUB, e-mail, tables, archives)",
                file_count="multiple",
                file_types=list(FILE_KINDS),
                height=130,
                elem_id="upload",
            )
            results = html_panel(note_html(""), elem_id="results", render=False)
            online = build_online_form(page, tab, library, background.jobs, results)
            results.render()  # type: ignore[no-untyped-call]
            wanted = gr.Textbox("", label="Find by title, outlet or file name", elem_id="find", max_lines=1)
            count = html_panel(note_html(""), elem_id="count")
            articles = gr.Radio([], label="Articles", elem_id="articles")
            with gr.Row(elem_id="pager"):
                back = gr.Button("Previous", interactive=False, size="sm")
                forth = gr.Button("Next", interactive=False, size="sm")
        with gr.Column(scale=2, min_width=300):
            reading = html_panel(NOT_CHOSEN, elem_id="reading")
            remove = gr.Button("Remove this article", visible=False, size="sm", elem_id="remove")
            with gr.Column(visible=False, elem_id="confirmation") as confirmation:
                warning = html_panel(note_html(""), elem_id="warning")
                with gr.Row():
                    confirm = gr.Button("Yes, remove it", variant="stop", size="sm", elem_id="confirm")
                    keep = gr.Button("Keep it", size="sm", elem_id="keep")

    listing = [articles, count, place, back, forth]
    choice = [reading, remove, confirmation]

    def show_list(words: str, number: int) -> tuple[Any, ...]:
        first = number * PAGE_SIZE
        found = list(library.articles(words.strip(), PAGE_SIZE, first))
        total = library.count_articles(words.strip())
        line = f"{first + 1:,} to {first + len(found):,} of {total:,} articles"
        if not found:
            line = "No article matches." if words.strip() else EMPTY
        return (
            gr.update(choices=[(describe_article(article), article.id) for article in found], value=None),
            str(note_html(line)),
            number,
            gr.update(interactive=number > 0),
            gr.update(interactive=first + len(found) < total),
        )

    def show_article(article_id: int | None) -> tuple[Any, ...]:
        try:
            article = library.article(article_id) if article_id is not None else None
        except ArticleNotFound:
            article = None
        shown = article_html(article, library.revisions(article.id)) if article else NOT_CHOSEN
        return str(shown), gr.update(visible=article is not None), gr.update(visible=False)

    def ask_removal(article_id: int | None) -> tuple[Any, ...]:
        try:
            article = library.article(article_id or 0)
        except ArticleNotFound:
            return None, "", gr.update(visible=False)
        question = f"Remove “{title_of(article)}” ({', '.join(map(display_name, article.sources))}) from the library?"
        effect = "It can no longer be found or quoted. The file it came from stays where it is."
        return article_id, str(note_html(f"{question} {effect}")), gr.update(visible=True)

    def remove_article(article_id: int | None) -> str:
        try:
            title = title_of(library.article(article_id or 0))
            library.remove(article_id or 0)
        except ArticleNotFound:
            return str(note_html("That article was already removed."))
        except LibraryFailed:
            _LOG.exception("the library failed")
            return str(note_html(LIBRARY_FAILED))
        return str(note_html(f"Removed “{title}”."))

    def add_all(paths: list[str] | None) -> Iterator[str]:
        for done in add_files(library, paths or []):
            yield str(results_html(done))
        background.wake()

    def listen(event: Any, function: Any, inputs: Any, outputs: Any) -> Dependency:
        heard: Dependency = event(function, inputs, outputs, api_visibility="private", show_progress="hidden")
        return heard

    for event in (page.load, tab.select, wanted.change):
        listen(event, lambda words: show_list(words, 0), wanted, listing)
    listen(back.click, lambda words, number: show_list(words, number - 1), [wanted, place], listing)
    listen(forth.click, lambda words, number: show_list(words, number + 1), [wanted, place], listing)
    listen(articles.change, show_article, articles, choice)
    listen(remove.click, ask_removal, articles, [asked, warning, confirmation])
    listen(keep.click, lambda: gr.update(visible=False), None, confirmation)
    removed = listen(confirm.click, remove_article, asked, results)
    listen(removed.then, lambda words: show_list(words, 0), wanted, listing)
    added = listen(upload.upload, add_all, upload, results)
    added = listen(added.then, lambda: None, None, upload)
    return [listen(end.then, lambda words: show_list(words, 0), wanted, listing) for end in (added, *online)]


def describe_article(article: Article) -> str:
    """Two lines of plain text: the title, and where and when the article came from."""
    added = f"added {long_date(article.added)}"
    source = article.source if "://" in article.source else Path(article.source).name
    details = (byline(article), source, f"no. {article.id}", added)
    return f"{title_of(article)}\n{' · '.join(part for part in details if part)}"


def _add_file(library: Library, path: Path) -> Result:
    try:
        return describe_report(add_upload(library, path, path.name), path.name)
    except LibraryError as error:
        return path.name, "failed", str(error)
    finally:
        path.unlink(missing_ok=True)  # Gradio would keep the upload for an hour; the library has its text now
