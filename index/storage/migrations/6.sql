-- What more is known about articles; their earlier versions; feeds that are followed, and what was fetched.

ALTER TABLE articles ADD COLUMN modified TEXT;
ALTER TABLE articles ADD COLUMN language TEXT;
ALTER TABLE articles ADD COLUMN origins TEXT NOT NULL DEFAULT '{}';
-- A damaged row stays one that is noticed: only what fitted is made to fit again.
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
