-- The single source of truth. Everything else (word index, FAISS) is derived from it.
-- Passages are immutable: changed articles get new ones, and AUTOINCREMENT never reuses an id.
-- `change` is the value of the change counter when a row was added; derived indexes read rows above theirs.

CREATE TABLE library (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    change   INTEGER NOT NULL,           -- the change counter: incremented by every committed write
    identity TEXT NOT NULL,              -- identifies the library to its derived folder
    embedder TEXT NOT NULL               -- name of the model that made the vectors
) STRICT;

CREATE TABLE changes (                   -- the latest changes with random stamps: distinguish this file from an older copy
    change INTEGER PRIMARY KEY,
    stamp  BLOB NOT NULL
) STRICT;

-- `checksum` covers the rest of the row, so that a flipped bit is detected: see checksums.py.
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
    origins   TEXT NOT NULL DEFAULT '{}', -- JSON: which part of the source gave title, author and dates
    rules     INTEGER NOT NULL DEFAULT 0, -- version of the rules that extracted its statements; 0: pending
    story     INTEGER,                   -- cluster number that near-duplicates share; NULL: not compared yet
    checksum  INTEGER NOT NULL
) STRICT;
CREATE INDEX articles_story ON articles (story);
CREATE INDEX articles_rules ON articles (rules);
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_author ON articles (author);

CREATE TABLE revisions (                 -- earlier versions of articles, with the ids that they had
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- the newer version
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
    sources    TEXT NOT NULL,            -- JSON list
    replaced   TEXT NOT NULL,            -- ISO 8601 time, UTC: when a newer version replaced it
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX revisions_article ON revisions (article_id);

CREATE TABLE feeds (                     -- followed feeds
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT NOT NULL UNIQUE,
    title         TEXT NOT NULL,
    etag          TEXT,                  -- identifies the known version to the server
    last_modified TEXT,
    checked       TEXT,                  -- ISO 8601 time, UTC: last check
    failure       TEXT                   -- reason, if the last check failed
) STRICT;

CREATE TABLE fetched (                   -- addresses that were fetched
    url           TEXT PRIMARY KEY,      -- as requested
    source        TEXT NOT NULL,         -- of the article found there
    etag          TEXT,
    last_modified TEXT,
    version       TEXT NOT NULL,         -- version according to the listing feed
    hash          BLOB NOT NULL          -- of the text found there
) STRICT, WITHOUT ROWID;
CREATE INDEX fetched_source ON fetched (source);

CREATE TABLE bands (                     -- MinHash bands: near-duplicates share at least one
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
    content    BLOB NOT NULL             -- hash of its words and sentences, on which its vectors depend
) STRICT;
CREATE INDEX passages_content ON passages (content);
CREATE INDEX passages_article ON passages (article_id);
CREATE INDEX passages_change ON passages (change);

CREATE TABLE vectors (
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    passage    BLOB NOT NULL,            -- float16 [dim]
    sentences  BLOB NOT NULL,            -- int8 [sentences, dim], in the order of passages.sentences, each with its own scale
    words      BLOB NOT NULL,            -- 1 bit [words, dim]: signs of the vectors of content words, in text order
    word_counts BLOB NOT NULL,           -- uint16 [sentences]: number of content words in each sentence
    change     INTEGER NOT NULL,
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX vectors_change ON vectors (change);

CREATE TABLE to_embed (                  -- passages without vectors
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE removals (                  -- removed passages, for derived indexes
    passage_id INTEGER PRIMARY KEY,
    change     INTEGER NOT NULL
) STRICT;
CREATE INDEX removals_change ON removals (change);

CREATE TABLE speakers (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT NOT NULL UNIQUE,      -- as in the articles
    is_person INTEGER NOT NULL,          -- an article shows that it is a person's name
    checksum  INTEGER NOT NULL           -- of the name
) STRICT;

CREATE TABLE speaker_words (             -- folded words of the names, for finding speakers
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
    said       BLOB NOT NULL,            -- int32 pairs (start, end): the content, offsets in the article's text
    cue        TEXT NOT NULL,
    mention    TEXT NOT NULL,
    role       TEXT,
    is_direct  INTEGER NOT NULL,
    inferred   INTEGER NOT NULL,
    via        TEXT NOT NULL DEFAULT '', -- who reports the statement; empty: the author
    is_negated INTEGER NOT NULL DEFAULT 0,
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX statements_article ON statements (article_id);
CREATE INDEX statements_speaker ON statements (speaker_id, article_id, start);

CREATE TABLE labels (                    -- tags and collections
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,              -- "tag" or "collection"
    name     TEXT NOT NULL,
    key      TEXT NOT NULL,              -- the name without regard to case
    created  TEXT NOT NULL,              -- ISO 8601 time, UTC
    checksum INTEGER NOT NULL,
    UNIQUE (kind, key)
) STRICT;

CREATE TABLE labelled (                  -- which articles have them
    label_id   INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (label_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX labelled_article ON labelled (article_id);

CREATE TABLE edits (                     -- fields of articles that were edited by hand
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    field      TEXT NOT NULL,            -- a column of articles, which contains the edited value
    given      TEXT,                     -- the value that the source gives
    origin     TEXT,                     -- which part of the source gave it
    UNIQUE (article_id, field)
) STRICT;

CREATE TABLE removed (                   -- removed articles and revisions, which can be restored for a while
    id         INTEGER PRIMARY KEY,      -- the id that it had, and will have
    article_id INTEGER,                  -- of a revision: the newer version
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
    sources    TEXT NOT NULL,            -- JSON list
    replaced   TEXT,
    passages   TEXT NOT NULL,            -- JSON list of [start, end, packed spans of the sentences in hexadecimal]
    edits      TEXT NOT NULL,            -- JSON list of [field, given, origin]
    labels     TEXT NOT NULL,            -- JSON list of [kind, name] of its tags and collections
    removed    TEXT NOT NULL,            -- ISO 8601 time, UTC
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX removed_hash ON removed (hash);
CREATE INDEX removed_article ON removed (article_id);
CREATE INDEX removed_time ON removed (removed);

CREATE TABLE speaker_merges (            -- speakers that were merged by hand
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    name  TEXT NOT NULL,                 -- a stored name of a speaker
    other TEXT NOT NULL,                 -- a name of the speaker into which that one was merged
    UNIQUE (name, other)
) STRICT;

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

CREATE TRIGGER tag_removed AFTER DELETE ON labelled BEGIN
    DELETE FROM labels WHERE id = old.label_id AND kind = 'tag'
        AND NOT EXISTS (SELECT 1 FROM labelled WHERE label_id = old.label_id);
END;
