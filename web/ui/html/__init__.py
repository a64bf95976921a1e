"""HTML for the page. Every word that came from an article, a file name or a person is escaped here.

The page shows this HTML in components that also read Markdown, so all ASCII punctuation and all line ends become
character references: they mean the same in HTML and have no special meaning in Markdown, LaTeX and templates. So a
panel is one line, and no blank line in an article can end its HTML block and start Markdown.
"""

from .answers import answer_html
from .articles import article_html, byline, title_of, web_address
from .sources import sources_html
from .speech import speaker_label, statements_html, timeline_html
from .take import answer_buttons_html, export_menu_html, statements_link_html, take_place_html
from .text import escape, notice_html, panel_html, plain_text

__all__ = [
    "answer_buttons_html",
    "answer_html",
    "article_html",
    "byline",
    "escape",
    "export_menu_html",
    "notice_html",
    "panel_html",
    "plain_text",
    "sources_html",
    "speaker_label",
    "statements_html",
    "statements_link_html",
    "take_place_html",
    "timeline_html",
    "title_of",
    "web_address",
]
