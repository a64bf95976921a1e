"""Statements as a CSV file, sent as they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from fastapi.responses import StreamingResponse

from index import Article, Library, Statement
from rag.export import statement_rows

from ...lanes import Lane
from ...messages import export as texts
from ...threads import iterate_in_thread
from .downloads import content_disposition

STATEMENTS_AT_ONCE = 2_000
Fetch = Callable[[int | None, int], tuple[list[Statement], int]]


def statements_csv(
    library: Library, fetch: Fetch, lane: Lane, name: str, limit: int | None, offset: int
) -> StreamingResponse:
    """A CSV file of statements.

    Args:
        library: the library, for their articles.
        fetch: returns the statements for a limit and an offset, and the number of all.
        lane: reads in its threads.
        name: of the file, such as the speaker's.
        limit: maximum number of statements; None for all.
        offset: number of statements to skip.
    """
    first = fetch(_size(limit), offset)  # before the response starts, so that an invalid name is an error response

    def pages() -> Iterator[tuple[Sequence[Statement], Mapping[int, Article]]]:
        (found, total), sent = first, 0
        while found:
            yield found, library.catalog.by_id({statement.article_id for statement in found})
            sent += len(found)
            if offset + sent >= total or (limit is not None and sent >= limit):
                return
            found, total = fetch(_size(None if limit is None else limit - sent), offset + sent)

    return StreamingResponse(
        iterate_in_thread(statement_rows(pages()), lane.threads),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition(name or texts.STATEMENTS, "csv")},
    )


def _size(limit: int | None) -> int:
    return STATEMENTS_AT_ONCE if limit is None else min(limit, STATEMENTS_AT_ONCE)
