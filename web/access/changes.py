"""The record of changes: when, who, what, and the ids of what. No texts, titles, addresses or questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from ..state import StateFile

_MAX_ID_CHARACTERS = 60
_NUMBER = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        number: rises with each change.
        at: when it was recorded, in UTC.
        who: the name of the caller.
        what: what was done: "add", "remove", …
        ids: the ids of what was changed; ranges as "3-7".
    """

    number: int
    at: datetime
    who: str
    what: str
    ids: str


class Changes:
    """The changes of a library, oldest first. They can be added to, not altered: the file itself refuses that."""

    def __init__(self, file: StateFile) -> None:
        self._file = file

    def add(self, who: str, what: str, ids: Iterable[int | str] = ()) -> None:
        """Record a change.

        Raises:
            StateFailed: the file can't be written.
        """
        row = datetime.now(UTC).isoformat(timespec="seconds"), who, what, joined_ids(ids)
        with self._file.write() as connection:
            connection.execute("INSERT INTO changes (at, who, what, ids) VALUES (?, ?, ?, ?)", row)

    def latest(self, limit: int, before: int | None = None) -> list[Change]:
        """The latest changes, newest first; only those before a number if it is given.

        Raises:
            StateFailed: the file can't be read.
        """
        if not self._file.path.exists():
            return []
        condition, values = ("WHERE number < ?", [before]) if before is not None else ("", [])
        query = f"SELECT number, at, who, what, ids FROM changes {condition} ORDER BY number DESC LIMIT ?"
        rows = self._file.rows(query, [*values, limit])
        return [Change(number, datetime.fromisoformat(at), who, what, ids) for number, at, who, what, ids in rows]


def joined_ids(ids: Iterable[int | str]) -> str:
    """Ids as text: numbers in order, those that follow each other as ranges, then all others."""
    known = {int(item) if _NUMBER.fullmatch(str(item)) else item for item in ids}
    numbers = sorted(item for item in known if isinstance(item, int))
    others = sorted(item[:_MAX_ID_CHARACTERS] for item in known if isinstance(item, str))
    return ", ".join([*_ranges(numbers), *others])


def _ranges(numbers: list[int]) -> Iterator[str]:
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        run = [number for _, number in group]
        yield str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
