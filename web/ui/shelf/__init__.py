"""Parts of the Library tab: the list of articles, the article that is read, and the files that are added."""

from .article_panel import ArticlePanel
from .listing import Listing, article_label
from .selection import SelectionBar
from .uploads import UploadForm

__all__ = [
    "ArticlePanel",
    "Listing",
    "SelectionBar",
    "UploadForm",
    "article_label",
]
