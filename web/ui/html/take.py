"""Buttons that take answers, quotes and conversations elsewhere. `assets/take.js` listens to them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlencode

from markupsafe import Markup

from index import Article, Span

from ...messages import export as texts
from .text import EMPTY, escape

_BUTTON = Markup('<button type="button" class="{}" value="{}">{}</button>')
_LINK = Markup('<a href="{}" download>{}</a>')


def answer_buttons_html(number: int) -> Markup:
    """Buttons that copy the answer with this number in its conversation."""
    kinds = (("html", texts.COPY_ANSWER), ("md", texts.COPY_MARKDOWN), ("txt", texts.COPY_TEXT))
    buttons = Markup(" ").join(_BUTTON.format("copy-answer plain", f"{number}:{kind}", text) for kind, text in kinds)
    return Markup('<div class="take" role="group" aria-label="{}">{}</div>').format(texts.COPY_THIS_ANSWER, buttons)


def quote_buttons_html(article: Article, quotes: Iterable[tuple[int | None, Span]]) -> Markup:
    """Buttons for each quote of an article, with its number if it has one, and links to references to the article."""
    lines = [_quote_line(article.id, number, span) for number, span in quotes]
    references = Markup(" ").join(
        _LINK.format(f"/api/v1/articles/{article.id}/citation?format={kind}", text)
        for text, kind in texts.REFERENCE_FORMATS
    )
    return Markup('<details class="take-quotes"><summary>{}</summary><ul>{}<li>{} {}</li></ul></details>').format(
        texts.TAKE_QUOTES, Markup().join(lines), texts.REFERENCE, references
    )


def _quote_line(article_id: int, number: int | None, span: Span) -> Markup:
    place = f"{article_id}:{span.start}-{span.end}"
    label = Markup("[{}] ").format(number) if number else EMPTY
    return Markup("<li>{}{} {} {}</li>").format(
        label,
        _BUTTON.format("copy-quote plain", f"{place}:html", texts.COPY_QUOTE),
        _BUTTON.format("copy-quote plain", f"{place}:md", texts.COPY_MARKDOWN),
        _BUTTON.format("copy-link plain", f"/a/{article_id}#{span.start}-{span.end}", texts.COPY_LINK),
    )


def export_menu_html() -> Markup:
    """A menu with the formats in which a conversation can be saved."""
    buttons = [_BUTTON.format("export plain", kind, text) for text, kind in texts.FORMATS]
    buttons.append(_BUTTON.format("print plain", "print", texts.PRINT))
    return Markup('<details id="export-menu"><summary>{}</summary><div>{}</div></details>').format(
        texts.EXPORT, Markup().join(buttons)
    )


def statements_link_html(speaker: str, publisher: str | None, since: object, until: object) -> Markup:
    """A link to all statements of a speaker as a table."""
    values = {"format": "csv", "speaker": speaker, "publisher": publisher, "since": since, "until": until}
    query = urlencode({name: str(value) for name, value in values.items() if value})
    return Markup('<p class="take"><a href="{}" download>{}</a></p>').format(
        escape(f"/api/v1/statements?{query}"), texts.CSV
    )


def take_place_html() -> Markup:
    """Where the page says that something was copied, and shows what the browser doesn't let it copy."""
    words = {
        "copied": texts.COPIED,
        "linkCopied": texts.LINK_COPIED,
        "exported": texts.EXPORTED,
        "failed": texts.EXPORT_FAILED,
        "nothing": texts.NOTHING_TO_EXPORT,
    }
    return Markup(
        '<div id="take-status" role="status" data-texts="{}"></div>'
        '<dialog id="take-dialog" aria-labelledby="take-title">'
        '<p id="take-title">{}</p><textarea rows="10" readonly aria-labelledby="take-title"></textarea>'
        '<form method="dialog"><button class="plain">{}</button></form></dialog>'
    ).format(json.dumps(words), texts.COPY_FAILED, texts.CLOSE)
