"""The vectors of passages in the SQLite file of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import apsw

from ..embedding import Embedding, Vector, unpack, unpack_bytes
from . import rows
from .checksums import checksum
from .connections import Connections, id_list, next_change

_READ_TOGETHER = 20_000  # vectors
_COLUMNS = ("passage", "sentences", "words", "word_counts")
_INSERT = (
    f"INSERT OR REPLACE INTO vectors (passage_id, {', '.join(_COLUMNS)}, checksum, change)"
    " SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM passages WHERE"
)

# The columns of a row of vectors, as stored.
Packed = tuple[bytes, ...]


class VectorStore:
    """The vectors of one library's passages."""

    def __init__(self, connections: Connections) -> None:
        self._file = connections

    def count(self) -> int:
        """How many passages are embedded."""
        return int(self._file.value("SELECT count(*) FROM vectors"))

    def count_missing(self) -> int:
        """How many passages still have to be embedded."""
        return int(self._file.value("SELECT count(*) FROM to_embed"))

    def put(self, embeddings: Mapping[int, Embedding]) -> None:
        """Store the vectors of passages, by passage id; passages that are gone by now are passed over.

        Other passages that wait for vectors and hold the same words get them too.
        """
        with self._file.write() as connection:
            change = next_change(connection)
            packed = [(i, rows.pack_embedding(embedding)) for i, embedding in embeddings.items()]
            values = [(passage_id, *its, checksum(*its), change) for passage_id, its in packed]
            connection.executemany(f"{_INSERT} id = ?1", values)
            connection.executemany(
                # By the content, not by all that wait (+). One without a hash is like no other.
                f"{_INSERT} content = (SELECT content FROM passages WHERE id = ?1) AND content <> x''"
                " AND +id IN (SELECT passage_id FROM to_embed)",
                values,
            )

    def drop(self, passage_ids: Iterable[int]) -> None:
        """Remove the vectors of these passages, so that they are made anew."""
        with self._file.write() as connection:
            next_change(connection)
            connection.execute(f"DELETE FROM vectors WHERE passage_id IN {id_list(passage_ids)}")

    def replace_embedder(self, name: str) -> None:
        """Remove all vectors, to be made anew by another model."""
        with self._file.write() as connection:
            next_change(connection)
            connection.execute("DELETE FROM vectors")
            connection.execute("UPDATE library SET embedder = ?", (name,))

    def embeddings(self, passage_ids: Sequence[int]) -> dict[int, Embedding]:
        """Vectors of the passages that have been embedded, of their sentences and words."""
        found = self._file.rows(
            f"SELECT passage_id, {', '.join(_COLUMNS)} FROM vectors WHERE passage_id IN {id_list(passage_ids)}"
        )
        return {row[0]: rows.embedding(row[1:]) for row in found}

    def of_passages(self, passage_ids: Sequence[int]) -> dict[int, Vector]:
        """Vectors of the passages that have been embedded, [dim]."""
        found = self._file.rows(f"SELECT passage_id, passage FROM vectors WHERE passage_id IN {id_list(passage_ids)}")
        return {passage_id: unpack(blob) for passage_id, blob in found}

    def of_sentences(self, passage_ids: Sequence[int]) -> dict[int, Vector]:
        """Vectors of the sentences of the passages that have been embedded, [sentences, dim]."""
        found = self._file.rows(
            f"SELECT passage_id, length(passage), sentences FROM vectors WHERE passage_id IN {id_list(passage_ids)}"
        )
        return {row[0]: unpack_bytes(row[2], row[1] // 2) for row in found}

    def since(self, change: int) -> Iterator[list[tuple[int, bytes]]]:
        """Id and packed vector of the passages that were embedded after this change, in batches."""
        last = 0
        while True:
            by = "INDEXED BY vectors_change" if change else "NOT INDEXED"  # all of them: by id
            found = self._file.rows(
                f"SELECT passage_id, passage FROM vectors {by}"
                " WHERE passage_id > ? AND change > ? ORDER BY passage_id LIMIT ?",
                (last, change, _READ_TOGETHER),
            )
            if not (batch := list(found)):
                return
            yield batch
            last = batch[-1][0]


def known_vectors(connection: apsw.Connection, contents: Iterable[bytes]) -> dict[bytes, Packed]:
    """Stored vectors for these hashes, as far as there are passages that hold the same; damaged ones are left out."""
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
    """Give the passages of an article the vectors that were made of the same words."""
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
