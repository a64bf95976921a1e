"""Vectors of passages in the SQLite file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import apsw

from ..embedding import Embedding, Vector, codec
from . import rows
from .checksums import checksum
from .connections import Connections, id_list, next_change

_BATCH = 20_000  # vectors
_COLUMNS = ("passage", "sentences", "words", "word_counts")
_INSERT = (
    f"INSERT OR REPLACE INTO vectors (passage_id, {', '.join(_COLUMNS)}, checksum, change)"
    " SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM passages WHERE"
)

# The columns of a row of vectors, as stored.
Packed = tuple[bytes, ...]


class VectorStore:
    """The vectors of a library's passages."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def count(self) -> int:
        """Number of embedded passages."""
        return int(self._file.value("SELECT count(*) FROM vectors"))

    def count_missing(self) -> int:
        """Number of passages that aren't embedded yet."""
        return int(self._file.value("SELECT count(*) FROM to_embed"))

    def put(self, embeddings: Mapping[int, Embedding]) -> None:
        """Store vectors by passage id. Passages that were removed meanwhile are skipped.

        Other pending passages with the same content get the same vectors.
        """
        with self._file.write() as connection:
            change = next_change(connection)
            packed = [(i, rows.pack_embedding(embedding)) for i, embedding in embeddings.items()]
            values = [(passage_id, *blobs, checksum(*blobs), change) for passage_id, blobs in packed]
            connection.executemany(f"{_INSERT} id = ?1", values)
            connection.executemany(
                # "+" makes SQLite use the index on content. Passages without a content hash match no other.
                f"{_INSERT} content = (SELECT content FROM passages WHERE id = ?1) AND content <> x''"
                " AND +id IN (SELECT passage_id FROM to_embed)",
                values,
            )

    def drop(self, passage_ids: Iterable[int]) -> None:
        """Delete the vectors of passages, so that they are embedded again."""
        with self._file.write() as connection:
            next_change(connection)
            connection.execute(f"DELETE FROM vectors WHERE passage_id IN {id_list(passage_ids)}")

    def replace_embedder(self, name: str) -> None:
        """Delete all vectors, to be rebuilt by another model."""
        with self._file.write() as connection:
            next_change(connection)
            connection.execute("DELETE FROM vectors")
            connection.execute("UPDATE library SET embedder = ?", (name,))

    def embeddings(self, passage_ids: Sequence[int]) -> dict[int, Embedding]:
        """Vectors of embedded passages, their sentences and their words."""
        columns = ", ".join(f"vectors.{name}" for name in _COLUMNS)
        found = self._file.rows(
            f"SELECT passage_id, length(passages.sentences) / 8, {columns} FROM vectors"
            f" JOIN passages ON passages.id = passage_id WHERE passage_id IN {id_list(passage_ids)}"
        )
        return {row[0]: rows.embedding(row) for row in found}

    def of_passages(self, passage_ids: Sequence[int]) -> dict[int, Vector]:
        """Vectors of embedded passages, [dim]."""
        found = self._file.rows(f"SELECT passage_id, passage FROM vectors WHERE passage_id IN {id_list(passage_ids)}")
        return {passage_id: codec.unpack(blob) for passage_id, blob in found}

    def of_sentences(self, passage_ids: Sequence[int]) -> dict[int, Vector]:
        """Vectors of the sentences of embedded passages, [sentences, dim]."""
        found = self._file.rows(
            f"SELECT passage_id, length(passage), sentences FROM vectors WHERE passage_id IN {id_list(passage_ids)}"
        )
        return {row[0]: codec.unpack_bytes(row[2], row[1] // 2) for row in found}

    def since(self, change: int) -> Iterator[list[tuple[int, bytes]]]:
        """Id and packed vector of the passages embedded after this change, in batches."""
        last = 0
        while True:
            by = "INDEXED BY vectors_change" if change else "NOT INDEXED"  # all rows: in id order
            found = self._file.rows(
                f"SELECT passage_id, passage FROM vectors {by}"
                " WHERE passage_id > ? AND change > ? ORDER BY passage_id LIMIT ?",
                (last, change, _BATCH),
            )
            if not (batch := list(found)):
                return
            yield batch
            last = batch[-1][0]


def known_vectors(connection: apsw.Connection, contents: Iterable[bytes]) -> dict[bytes, Packed]:
    """Intact stored vectors by content hash, for those hashes that a passage already has."""
    known: dict[bytes, Packed] = {}
    for content in contents:
        found = connection.execute(
            f"SELECT {', '.join(f'vectors.{name}' for name in _COLUMNS)} FROM passages"
            " JOIN vectors ON passage_id = passages.id WHERE content = ? AND vectors.checksum ="
            f" checksum({', '.join(f'vectors.{name}' for name in _COLUMNS)}) LIMIT 1",
            (content,),
        ).fetchone()
        if found:
            known[content] = found
    return known


def reuse(connection: apsw.Connection, article_id: int, known: Mapping[bytes, Packed], change: int) -> None:
    """Give the passages of an article the vectors of passages with the same content."""
    if not known:
        return
    passages: list[tuple[int, bytes]] = connection.execute(  # type: ignore[assignment]
        "SELECT id, content FROM passages WHERE article_id = ?", (article_id,)
    ).fetchall()
    connection.executemany(
        f"{_INSERT} id = ?1",
        [
            (passage_id, *packed, checksum(*packed), change)
            for passage_id, content in passages
            if (packed := known.get(content))
        ],
    )
