-- Edits by hand, removed articles that can be restored, and merged speakers.

CREATE TABLE edits (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    field      TEXT NOT NULL,
    given      TEXT,
    origin     TEXT,
    UNIQUE (article_id, field)
) STRICT;

CREATE TABLE removed (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    hash       BLOB NOT NULL,
    url        TEXT,
    publisher  TEXT,
    author     TEXT,
    published  TEXT,
    added      TEXT NOT NULL,
    modified   TEXT,
    language   TEXT,
    origins    TEXT NOT NULL,
    sources    TEXT NOT NULL,
    replaced   TEXT,
    passages   TEXT NOT NULL,
    edits      TEXT NOT NULL,
    labels     TEXT NOT NULL,
    removed    TEXT NOT NULL,
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX removed_hash ON removed (hash);
CREATE INDEX removed_article ON removed (article_id);
CREATE INDEX removed_time ON removed (removed);

CREATE TABLE speaker_merges (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    name  TEXT NOT NULL,
    other TEXT NOT NULL,
    UNIQUE (name, other)
) STRICT;
