"""Which article a fetched page is: the URL that identifies it, and the metadata that a feed adds."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ..cleaning import ArticleFields, Origin
from ..errors import FetchRefused
from ..fetch import normalize_url
from ..readers import ListEntry
from ..records import Article, LoadedArticle
from ..text import DUPLICATE_OVERLAP, shingle_overlap, shingles

# Query parameters that only track where a reader came from.
_TRACKING = re.compile(
    r"(utm|mtm|hsa|oly|vero|at|ns|pk|stm)_.+|(fb|g|dc|y|tw|wbra|gbra|ms|tt|li_fat|epi)clid|gclsrc|gbraid|wbraid|msclkid"
    r"|igshid|igsh|mc_[ce]id|mkt_tok|_hsenc|_hsmi|cmpid|ocid|smid|smtyp|xtor|ref_?src|ref_?url|ftag|__twitter_impression"
    r"|guccounter|guce_referr?er(_sig)?|fb_action_.+|sh(are)?token|share_?id|soc_src|soc_trk|sr_share|s_cid|spm|wt_mc|wt_zmc",
    re.IGNORECASE,
)
_MIRROR_PREFIXES = ("www.", "m.", "mobile.", "amp.")


def strip_tracking(url: str) -> str:
    """Remove the tracking parameters from a normalized URL."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    if len(kept) == len(pairs):
        return url
    return urlunsplit(parts._replace(query=urlencode(kept)))


def is_same_site(one: str, other: str) -> bool:
    """Return whether two normalized URLs have the same host, apart from "www." or a mobile prefix, and port."""
    return (_site_host(one), urlsplit(one).port) == (_site_host(other), urlsplit(other).port)


def canonical_url(article: LoadedArticle, page_url: str) -> str:
    """Return the canonical URL that a page declares, or `page_url` if it declares none that is acceptable.

    Acceptable is a URL of the same site, but not its front page, which many sites declare by mistake.
    """
    try:
        declared = strip_tracking(normalize_url(article.url or ""))
    except FetchRefused:
        return page_url
    is_front_page = urlsplit(declared).path == "/" and not urlsplit(declared).query
    return declared if is_same_site(declared, page_url) and not is_front_page else page_url


def is_variant(article: LoadedArticle, present: Article) -> bool:
    """Return whether a page is another edition of the article `present`, such as its print or mobile version.

    Some sites declare the canonical URL of another article by mistake: those texts have little in common.
    """
    return shingle_overlap(shingles(article.text), shingles(present.text)) >= DUPLICATE_OVERLAP


def with_feed_metadata(article: LoadedArticle, listed: ListEntry | None, present: Article | None) -> LoadedArticle:
    """Fill in the date, the author and the outlet from a feed or a sitemap if the page itself doesn't declare them.

    Values that an earlier feed gave for the article `present` take precedence.
    """
    fields = ArticleFields.from_source(listed.metadata if listed else {})
    published, author, publisher = fields.published, fields.author, fields.publisher
    origins = dict(article.origins)
    if present and present.origins.get("published") == Origin.FEED:
        published = present.published
    if present and present.origins.get("author") == Origin.FEED:
        author = present.author
    if present and present.origins.get("publisher") == Origin.FEED:
        publisher = present.publisher
    if published and article.published is None:
        article, origins["published"] = replace(article, published=published), Origin.FEED
    if author and article.author is None:
        article, origins["author"] = replace(article, author=author), Origin.FEED
    if publisher and origins.get("publisher", Origin.ADDRESS) == Origin.ADDRESS:
        article, origins["publisher"] = replace(article, publisher=publisher), Origin.FEED
    return replace(article, origins=origins)


def _site_host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return next((host.removeprefix(prefix) for prefix in _MIRROR_PREFIXES if host.startswith(prefix)), host)
