"""What is taken elsewhere: answers and references as files, and a page for each article to link to."""

from .article_page import ARTICLE_PATH, add_article_page, printed_page
from .downloads import content_disposition
from .formats import ExportFormat, exchanges_response
from .routes import export_routes
from .statements import statements_csv

__all__ = [
    "ARTICLE_PATH",
    "ExportFormat",
    "add_article_page",
    "content_disposition",
    "exchanges_response",
    "export_routes",
    "printed_page",
    "statements_csv",
]
