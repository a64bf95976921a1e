-- The one file that is the truth. Everything else (word index, FAISS) is derived from it.
-- Passages are immutable: changed articles get new ones, and AUTOINCREMENT never gives an id twice.
-- `change` is the value of the change counter at which a row came; followers ask for rows above theirs.

CREATE TABLE library (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    change   INTEGER NOT NULL,           -- the change counter: one up for every committed write
    identity TEXT NOT NULL,              -- tells a derived folder which library it was made from
    embedder TEXT NOT NULL               -- name of the model that made the vectors
) STRICT;

CREATE TABLE changes (                   -- the last changes, each with a stamp: tells this file from an older copy of it
    change INTEGER PRIMARY KEY,
    stamp  BLOB NOT NULL
) STRICT;

-- `checksum` is that of the rest of the row, so that a flipped bit is noticed: see checksums.py.
CREATE TABLE articles (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    title     TEXT NOT NULL,
    text      TEXT NOT NULL,
    hash      BLOB NOT NULL UNIQUE,      -- of the text: the same text is one article
    url       TEXT,
    publisher TEXT,
    author    TEXT,
    published TEXT,                      -- ISO 8601 date
    added     TEXT NOT NULL,             -- ISO 8601 time, UTC
    modified  TEXT,                      -- ISO 8601 date
    language  TEXT,                      -- ISO 639-1
    origins   TEXT NOT NULL DEFAULT '{}', -- JSON: which part of the source gave title, author, dates
    rules     INTEGER NOT NULL DEFAULT 0, -- version of the rules that found its statements; 0: none has yet
    story     INTEGER,                   -- the same number for near-duplicates; NULL: not compared yet
    checksum  INTEGER NOT NULL
) STRICT;
CREATE INDEX articles_story ON articles (story);
CREATE INDEX articles_rules ON articles (rules);
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX articles_published ON articles (published);

CREATE TABLE revisions (                 -- earlier texts of articles, as they were; their ids were the articles' own
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- what took its place
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
    sources    TEXT NOT NULL,            -- JSON list: where it came from
    replaced   TEXT NOT NULL,            -- ISO 8601 time, UTC: until when it was the newest
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX revisions_article ON revisions (article_id);

CREATE TABLE feeds (                     -- feeds that are followed
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT NOT NULL UNIQUE,
    title         TEXT NOT NULL,
    etag          TEXT,                  -- what tells the server which version is known
    last_modified TEXT,
    checked       TEXT,                  -- ISO 8601 time, UTC: when it was asked last
    failure       TEXT                   -- why that failed, if it did
) STRICT;

CREATE TABLE fetched (                   -- addresses that were fetched
    url           TEXT PRIMARY KEY,      -- as it was asked for
    source        TEXT NOT NULL,         -- of the article that lay there
    etag          TEXT,
    last_modified TEXT,
    version       TEXT NOT NULL,         -- what the feed that listed it said of its version
    hash          BLOB NOT NULL          -- of the text that lay there
) STRICT, WITHOUT ROWID;
CREATE INDEX fetched_source ON fetched (source);

CREATE TABLE bands (                     -- articles that are alike share one: how near-duplicates are found
    band       INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (band, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_article ON bands (article_id);

CREATE TABLE sources (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    source     TEXT NOT NULL UNIQUE,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX sources_article ON sources (article_id);

CREATE TABLE passages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    sentences  BLOB NOT NULL,            -- int32 pairs (start, end), offsets in the article's text
    change     INTEGER NOT NULL,
    checksum   INTEGER NOT NULL,
    content    BLOB NOT NULL             -- hash of its words and sentences: what its vectors are made of
) STRICT;
CREATE INDEX passages_content ON passages (content);
CREATE INDEX passages_article ON passages (article_id);
CREATE INDEX passages_change ON passages (change);

CREATE TABLE vectors (
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    passage    BLOB NOT NULL,            -- float16 [dim]
    sentences  BLOB NOT NULL,            -- int8 [sentences, dim], in the order of passages.sentences, each with a length
    words      BLOB NOT NULL,            -- one bit [words, dim]: the signs of the content words' vectors, in order
    word_counts BLOB NOT NULL,           -- uint16 [sentences]: how many of the words each sentence has
    change     INTEGER NOT NULL,
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX vectors_change ON vectors (change);

CREATE TABLE to_embed (                  -- passages without vectors
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE removals (                  -- passages that are gone, for followers
    passage_id INTEGER PRIMARY KEY,
    change     INTEGER NOT NULL
) STRICT;
CREATE INDEX removals_change ON removals (change);

CREATE TABLE speakers (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT NOT NULL UNIQUE,      -- as the articles give it
    is_person INTEGER NOT NULL,          -- an article shows that it is a person's name
    checksum  INTEGER NOT NULL           -- of the name
) STRICT;

CREATE TABLE speaker_words (             -- the words of the names, folded: how questions find speakers
    word       TEXT NOT NULL,
    speaker_id INTEGER NOT NULL REFERENCES speakers (id) ON DELETE CASCADE,
    PRIMARY KEY (word, speaker_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX speaker_words_speaker ON speaker_words (speaker_id);

CREATE TABLE statements (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    speaker_id INTEGER NOT NULL REFERENCES speakers (id),
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    said       BLOB NOT NULL,            -- int32 pairs (start, end): the words said, offsets in the article's text
    cue        TEXT NOT NULL,
    mention    TEXT NOT NULL,
    role       TEXT,
    is_direct  INTEGER NOT NULL,
    inferred   INTEGER NOT NULL,
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX statements_article ON statements (article_id);
CREATE INDEX statements_speaker ON statements (speaker_id, article_id, start);

CREATE TRIGGER statement_removed AFTER DELETE ON statements BEGIN
    DELETE FROM speakers WHERE id = old.speaker_id
        AND NOT EXISTS (SELECT 1 FROM statements WHERE speaker_id = old.speaker_id);
END;

CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN
    INSERT INTO to_embed VALUES (new.id);
END;

CREATE TRIGGER vectors_added AFTER INSERT ON vectors BEGIN
    DELETE FROM to_embed WHERE passage_id = new.passage_id;
END;

CREATE TRIGGER vectors_removed AFTER DELETE ON vectors BEGIN
    INSERT OR IGNORE INTO to_embed SELECT id FROM passages WHERE id = old.passage_id;
END;

CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN
    INSERT INTO removals (passage_id, change) SELECT old.id, change FROM library;
END;
