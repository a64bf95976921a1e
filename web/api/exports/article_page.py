"""The page of an article, which a link opens at a place: `/a/ID#start-end`, in code points of its text.

Browsers don't send what follows "#": `article.js` marks the place. Without scripts, the page shows the whole article.
"""

from __future__ import annotations

import re

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from index import Article, ArticleNotFound, Library
from rag.export import reference_of

from ...access import Role, needs
from ...clients import client_of
from ...lanes import Lane
from ...messages import common
from ...messages import export as texts
from ..parameters import MAX_INTEGER

ARTICLE_PATH = "/a/"
_ID = re.compile(r"[0-9]{1,19}")
_SCRIPTS = {"article": "/page-assets/article.js", "print": "/page-assets/print.js"}
_PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{page_title}</title>
<link rel="icon" href="/page-assets/favicon.svg">
<link rel="stylesheet" href="/page-assets/article.css">
<script type="module" src="{script}"></script>
</head>
<body>
<nav><a href="/">{app}</a></nav>
<main>
<h1 dir="auto">{title}</h1>
{content}
</main>
</body>
</html>
""")


def add_article_page(app: FastAPI, library: Library, lane: Lane) -> None:
    """Serve the pages of articles."""

    @app.api_route(
        f"{ARTICLE_PATH}{{article_id}}", methods=["GET", "HEAD"], response_class=HTMLResponse, include_in_schema=False
    )
    @needs(Role.READ)
    async def article_page(request: Request, article_id: str) -> HTMLResponse:
        async with lane.admit(client_of(request.scope)):
            return await lane.run(lambda: _response(library, article_id))


def _response(library: Library, article_id: str) -> HTMLResponse:
    try:
        if not _ID.fullmatch(article_id) or int(article_id) > MAX_INTEGER:
            raise ArticleNotFound(0)
        return HTMLResponse(article_page_html(library.article(int(article_id))))
    except ArticleNotFound:
        return HTMLResponse(_page(texts.NOT_FOUND_TITLE, _paragraph(texts.ARTICLE_NOT_FOUND)), status_code=404)


def article_page_html(article: Article) -> str:
    """The page of an article."""
    reference = reference_of(article)
    day = common.long_date(article.published) if article.published else None
    byline = Markup('<p class="byline" dir="auto">{}{}</p>').format(
        common.join_parts([reference.outlet, reference.author_line, day]),
        Markup('<br><a href="{0}" rel="noopener noreferrer">{0}</a>').format(reference.url) if reference.url else "",
    )
    newer = Markup("")
    if article.replaced_by is not None:
        newer = Markup('<p class="note">{} <a href="{}{}">{}</a></p>').format(
            texts.NEWER_VERSION, ARTICLE_PATH, article.replaced_by, texts.SHOW_NEWEST
        )
    notice = Markup('<p class="note" id="notice" role="status" data-missing="{}"></p>').format(texts.NO_SUCH_PLACE)
    text = Markup('<div id="text" dir="auto">{}</div>').format(_literal(article.text))
    return _page(reference.title, byline + newer + notice + text, article.language or "en")


def printed_page(title: str, html: str) -> str:
    """A page that opens the print dialog. `html` is safe mark-up."""
    return _page(title, Markup(html), script="print")  # noqa: S704 made by `rag.export`


def _literal(text: str) -> Markup:
    """A text of which a browser keeps every code point, so that offsets in it are right."""
    valid = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates
    return Markup(str(escape(valid)).replace("\r", "&#13;").replace("\x00", "\ufffd"))  # noqa: S704 it was escaped


def _page(title: str, content: Markup, language: str = "en", script: str = "article") -> str:
    return str(
        _PAGE.format(
            language=language,
            script=_SCRIPTS[script],
            page_title=texts.article_title(title),
            app=common.APP_NAME,
            title=title,
            content=content,
        )
    )


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)
