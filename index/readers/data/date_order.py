"""Dates such as "03/04/2023" in records: read in the order that the other dates of the file show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from ...cleaning import DateOrder, is_ambiguous, with_iso_date
from ...errors import SourceError
from ..base import RawArticle
from .columns import RecordItem


def in_date_order(read: Callable[[], Iterator[RecordItem]]) -> Iterator[RecordItem]:
    """Yield the items of a file, with the days of ambiguous dates if the file shows their order.

    `read` reads the file. It is called a second time if there is an ambiguous date, for the order of all dates.
    """
    order, is_known = None, False
    for item in read():
        if isinstance(item, RawArticle):
            if not is_known and is_ambiguous(item.metadata.get("published")):
                order, is_known = DateOrder.of_dates(_dates(read())), True
            yield replace(item, metadata=with_iso_date(item.metadata, order))
        else:
            yield item


def _dates(items: Iterator[RecordItem]) -> Iterator[str]:
    with suppress(SourceError):  # it ends the first reading, too
        for item in items:
            if isinstance(item, RawArticle):
                yield str(item.metadata.get("published"))
