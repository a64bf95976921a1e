"""Libraries of earlier versions are migrated; those of later versions are refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest

from index import Embedder, Library, LibraryUnusable, Where
from index.embedding.codec import pack, unpack_bytes
from index.storage.checksums import checksum
from tests.index.test_library import BRIDGE, FERRY, found, meant, write


def _to_version_8(library: apsw.Connection) -> None:
    """Undo version 9."""
    library.execute("DROP TABLE edits; DROP TABLE removed; DROP TABLE speaker_merges; PRAGMA user_version = 8")


def _to_version_7(library: apsw.Connection) -> None:
    """Undo versions 8 and 9."""
    _to_version_8(library)
    library.execute("DROP TABLE labelled; DROP TABLE labels; DROP INDEX articles_author; PRAGMA user_version = 7")


def _to_version_6(library: apsw.Connection) -> None:
    """Undo versions 7 to 9."""
    _to_version_7(library)
    for column in ("via", "is_negated"):
        library.execute(f"ALTER TABLE statements DROP COLUMN {column}")
    library.create_scalar_function("checksum", checksum)
    library.execute(
        "UPDATE statements SET checksum ="
        " checksum(article_id, speaker_id, start, end, said, cue, mention, role, is_direct, inferred);"
        "PRAGMA user_version = 6"
    )


def _to_version_5(library: apsw.Connection) -> None:
    """Undo versions 6 to 9."""
    _to_version_6(library)
    for table in ("fetched", "feeds", "revisions"):
        library.execute(f"DROP TABLE {table}")
    for column in ("modified", "language", "origins"):
        library.execute(f"ALTER TABLE articles DROP COLUMN {column}")
    library.execute(
        "UPDATE articles SET checksum = checksum(title, hash, url, publisher, author, published, added);"
        "PRAGMA user_version = 5"
    )


def test_a_library_of_the_first_version_is_migrated(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path / "l", embedder) as library:
        library.add(write(tmp_path, "bridge.txt", BRIDGE))
        expected = library.statements()
    old = apsw.Connection(str(tmp_path / "l" / "library.db"))
    _to_version_5(old)
    old.execute(
        "DROP TRIGGER passage_added; DROP TRIGGER vectors_added; DROP TRIGGER vectors_removed;"
        "DROP TABLE to_embed; DROP TABLE changes; DROP INDEX passages_content;"
        "ALTER TABLE passages DROP COLUMN content;"
        "ALTER TABLE articles DROP COLUMN checksum; ALTER TABLE passages DROP COLUMN checksum;"
        "DROP TRIGGER statement_removed; DROP TABLE statements; DROP TABLE speaker_words; DROP TABLE speakers;"
        "DROP INDEX articles_rules; DROP INDEX articles_publisher; DROP INDEX articles_published;"
        "DROP INDEX articles_story; ALTER TABLE articles DROP COLUMN story; DROP TABLE bands; DROP TABLE vectors;"
        "CREATE TABLE vectors (passage_id INTEGER PRIMARY KEY, passage BLOB, sentences BLOB, change INTEGER) STRICT;"
        "INSERT INTO vectors SELECT id, x'00', x'00', change FROM passages;"
        "ALTER TABLE articles DROP COLUMN rules; CREATE TABLE statements (id INTEGER PRIMARY KEY, speaker TEXT) STRICT;"
        "PRAGMA user_version = 1"
    )
    old.close()
    with Library.open(tmp_path / "l", embedder) as library:
        assert library.status().articles_processed == 0
        assert found(library, "bridge")
        assert library.status().embedded == 0
        library.catch_up()
        assert meant(library, "bridge")
        assert library.statements() == expected
        assert library.check() == []
    Library.open(tmp_path / "fresh", embedder).close()
    migrated, fresh = (apsw.Connection(str(tmp_path / name / "library.db")) for name in ("l", "fresh"))
    assert _schema(migrated) == _schema(fresh)


def test_a_library_of_the_third_version_is_migrated(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path / "l", embedder) as library:
        library.add(write(tmp_path, "bridge.txt", BRIDGE))
    old = apsw.Connection(str(tmp_path / "l" / "library.db"))
    fresh = _schema(old)
    _to_version_5(old)
    old.execute(
        "DROP TRIGGER passage_added; DROP TRIGGER vectors_added; DROP TRIGGER vectors_removed; DROP TABLE to_embed;"
        "DROP TABLE changes; DROP INDEX passages_content; ALTER TABLE passages DROP COLUMN content;"
        "PRAGMA user_version = 3"
    )
    for passage_id, vectors in old.execute("SELECT passage_id, sentences FROM vectors").fetchall():
        blob = pack(unpack_bytes(vectors, embedder.dim))
        old.execute("UPDATE vectors SET sentences = ? WHERE passage_id = ?", (blob, passage_id))
    for table in ("articles", "passages", "vectors", "statements", "speakers"):
        old.execute(f"ALTER TABLE {table} DROP COLUMN checksum")
    shutil.copytree(tmp_path / "l", tmp_path / "damaged")
    with Library.open(tmp_path / "l", embedder) as library:
        assert library.check() == []
        assert library.status().is_complete
        library.add(write(tmp_path, "ferry.txt", FERRY))
        assert library.check() == []
    assert _schema(old) == fresh
    damaged = apsw.Connection(str(tmp_path / "damaged" / "library.db"))
    damaged.execute("UPDATE articles SET text = CAST(x'ff' || text AS TEXT); UPDATE vectors SET sentences = x'00'")
    damaged.close()
    with Library.open(tmp_path / "damaged", embedder) as library:  # migrated nevertheless, and the damage is reported
        problems = library.check()
        assert any("its text is damaged" in problem for problem in problems), problems
        assert any("The vectors of" in problem for problem in problems), problems


def _schema(connection: apsw.Connection) -> dict[str, Any]:
    """Tables with their columns and foreign keys, indexes and triggers, whatever their order and comments."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    columns = {
        # Name, type, NOT NULL, position in the primary key. Defaults may differ.
        table: sorted((row[1], row[2], row[3], row[5]) for row in connection.execute(f"PRAGMA table_xinfo({table})"))
        for table in tables
    }
    keys = {
        table: sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({table})")) for table in tables
    }
    return {"columns": columns, "keys": keys, "others": _triggers_and_indexes(connection)}


def _triggers_and_indexes(connection: apsw.Connection) -> list[str]:
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL")
    return sorted(" ".join(row[0].split()) for row in found)


def test_a_library_of_the_sixth_version_is_migrated(tmp_path: Path, embedder: Embedder) -> None:
    """Its statements can be read at once, and are extracted again."""
    text = "Ferry\n\nAnn Lee did not dispute the claim. Paul Reed said it was late, sources reported."
    with Library.open(tmp_path / "l", embedder) as library:
        library.add(write(tmp_path, "ferry.txt", text))
        expected = library.statements()
    assert [(s.speaker, s.via, s.is_negated) for s in expected] == [
        ("Ann Lee", "", True),
        ("sources", "", False),
        ("Paul Reed", "sources", False),
    ]
    old = apsw.Connection(str(tmp_path / "l" / "library.db"))
    _to_version_6(old)
    old.execute("UPDATE articles SET rules = 2")
    old.close()
    with Library.open(tmp_path / "l", embedder) as library:
        assert library.check() == ["1 articles haven't been processed for statements yet."]
        assert {(s.via, s.is_negated) for s in library.statements()} == {("", False)}
        assert library.status().articles_processed == 0
        library.catch_up()
        assert library.statements() == expected
        assert library.check() == []


def test_a_library_of_the_seventh_version_is_migrated(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path / "l", embedder) as library:
        library.add(write(tmp_path, "bridge.txt", BRIDGE))
    old = apsw.Connection(str(tmp_path / "l" / "library.db"))
    fresh = _schema(old)
    _to_version_7(old)
    old.close()
    with Library.open(tmp_path / "l", embedder) as library:
        library.tag([1], "Bridges")
        assert [article.id for article in library.articles(where=Where(tags=("bridges",)))] == [1]
        assert library.check() == []
    assert _schema(apsw.Connection(str(tmp_path / "l" / "library.db"))) == fresh


def test_damage_before_a_migration_is_noticed_after_it(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path / "l", embedder) as library:
        library.add(write(tmp_path, "bridge.txt", "Bridge\n\nAnn Lee said that the bridge was closed."))
    old = apsw.Connection(str(tmp_path / "l" / "library.db"))
    _to_version_6(old)
    old.execute("UPDATE statements SET cue = 'denied'")
    old.close()
    with Library.open(tmp_path / "l", embedder) as library:
        assert any("statement" in problem and "processed" not in problem for problem in library.check())


def test_a_library_of_a_later_version_is_refused(tmp_path: Path, embedder: Embedder) -> None:
    Library.open(tmp_path / "l", embedder).close()
    apsw.Connection(str(tmp_path / "l" / "library.db")).execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryUnusable, match="has version 99, but this program supports up to 9"):
        Library.open(tmp_path / "l", embedder)


def test_a_library_of_the_eighth_version_is_migrated(tmp_path: Path, embedder: Embedder) -> None:
    with Library.open(tmp_path / "l", embedder) as library:
        [article_id] = library.add(write(tmp_path, "ferry.txt", FERRY)).added
        library.tag([article_id], "Fjord")
    old = apsw.Connection(str(tmp_path / "l" / "library.db"))
    fresh = _schema(old)
    _to_version_8(old)
    old.close()
    with Library.open(tmp_path / "l", embedder) as library:
        library.remove(article_id)
        library.restore(article_id)
        library.catch_up()
        assert library.check() == []
        assert library.catalog.tags([article_id]) == {article_id: ("Fjord",)}
    assert _schema(apsw.Connection(str(tmp_path / "l" / "library.db"))) == fresh
