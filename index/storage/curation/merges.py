"""Names of speakers that were merged by hand, beyond those that the rules recognise as one speaker's."""

from __future__ import annotations

from ..connections import Connections, next_change


class MergeStore:
    """Merged names. They stay when their articles are removed, so that they apply when these come back."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def merge(self, name: str, other: str) -> None:
        """Record that the speaker with the stored name `name` is the one called `other`."""
        with self._file.write() as connection:
            next_change(connection)
            connection.execute("INSERT OR IGNORE INTO speaker_merges (name, other) VALUES (?, ?)", (name, other))

    def separate(self, name: str) -> bool:
        """Undo the merge of `name` into another speaker. Returns whether there was one."""
        with self._file.write() as connection:
            connection.execute("DELETE FROM speaker_merges WHERE name = ?", (name,))
            is_found = bool(connection.changes())
            if is_found:
                next_change(connection)
            return is_found

    def pairs(self) -> list[tuple[str, str]]:
        """All merges as pairs (name, other), oldest first."""
        found = self._file.rows("SELECT name, other FROM speaker_merges ORDER BY id")
        return [(row[0], row[1]) for row in found]
