-- Statements reference speakers and are extracted in the background. Those of version 1 are extracted again.

DROP TABLE statements;
ALTER TABLE articles ADD COLUMN rules INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_rules ON articles (rules);
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX articles_published ON articles (published);

CREATE TABLE speakers (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    name      TEXT NOT NULL UNIQUE,      -- as the articles give it
    is_person INTEGER NOT NULL           -- an article shows that it is a person's name
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
    inferred   INTEGER NOT NULL
) STRICT;
CREATE INDEX statements_article ON statements (article_id);
CREATE INDEX statements_speaker ON statements (speaker_id, article_id, start);

CREATE TRIGGER statement_removed AFTER DELETE ON statements BEGIN
    DELETE FROM speakers WHERE id = old.speaker_id
        AND NOT EXISTS (SELECT 1 FROM statements WHERE speaker_id = old.speaker_id);
END;
