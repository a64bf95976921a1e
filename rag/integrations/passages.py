"""What all retrievers return: passages with their places, scores, articles and speakers."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from index import Hit, Where

from .. import Assistant


def find_passages(
    assistant: Assistant, query: str, k: int, where: Where | None = None
) -> list[tuple[Hit, dict[str, Any]]]:
    """Search for passages. Returns at most `k` with their metadata, best first. Raises as `Assistant.search`.

    The metadata are plain values: `article_id`, `start` and `end` (offsets in the article's text), `score`, `title`,
    `publisher`, `author`, `published` (ISO day or None), `url`, `source`, `speakers` (who speaks in the passage).
    """
    library = assistant.library
    hits = assistant.search(query, k, where=where)
    articles = library.catalog.by_id({hit.passage.article_id for hit in hits})
    said = defaultdict(list)
    for statement in library.statements(article_ids=list(articles)):
        said[statement.article_id].append(statement)
    found = []
    for hit in hits:
        passage = hit.passage
        if (article := articles.get(passage.article_id)) is None:  # removed in the meantime
            continue
        inside = [one.speaker for one in said[article.id] if one.start < passage.end and passage.start < one.end]
        metadata = {
            "article_id": article.id,
            "start": passage.start,
            "end": passage.end,
            "score": hit.score,
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "source": article.source,
            "speakers": list(dict.fromkeys(inside)),
        }
        found.append((hit, metadata))
    return found
