-- More metadata, revisions, followed feeds and fetched addresses.

ALTER TABLE articles ADD COLUMN modified TEXT;
ALTER TABLE articles ADD COLUMN language TEXT;
ALTER TABLE articles ADD COLUMN origins TEXT NOT NULL DEFAULT '{}';
-- Damaged rows stay detectable: only checksums that matched are updated.
UPDATE articles SET checksum = checksum(title, hash, url, publisher, author, published, added, modified, language, origins)
    WHERE checksum = checksum(title, hash, url, publisher, author, published, added);

CREATE TABLE revisions (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
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
    replaced   TEXT NOT NULL,
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX revisions_article ON revisions (article_id);

CREATE TABLE feeds (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT NOT NULL UNIQUE,
    title         TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    checked       TEXT,
    failure       TEXT
) STRICT;

CREATE TABLE fetched (
    url           TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    version       TEXT NOT NULL,
    hash          BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fetched_source ON fetched (source);
