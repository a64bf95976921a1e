"""Escaping, and the smallest pieces of HTML."""

from __future__ import annotations

import re
import string
from html import unescape

from markupsafe import Markup

EMPTY = Markup()

_REFERENCES = str.maketrans({sign: f"&#{ord(sign)};" for sign in string.punctuation + "\t\n\r"})
_TAG = re.compile(r"<[^<>]*>")


def escape(text: str) -> Markup:
    """`text` so that HTML, Markdown and LaTeX all show it literally."""
    # A lone surrogate can't be sent as UTF-8 and would make the whole answer fail.
    return Markup(text.encode("utf-8", "replace").decode("utf-8").translate(_REFERENCES))  # noqa: S704 no mark-up is left


def plain_text(html: str) -> str:
    """The text in the HTML that `escape` or `answer_html` made."""
    return unescape(_TAG.sub("", html)).strip()


def notice_html(text: str) -> Markup:
    """A message of the app, as a paragraph."""
    return Markup('<p class="note">{}</p>').format(escape(text)) if text else EMPTY


def panel_html(heading: str, hint: str) -> Markup:
    """A panel without content, with a hint instead."""
    return Markup('<section class="sources"><h2>{}</h2><p class="hint">{}</p></section>').format(
        escape(heading), escape(hint)
    )
