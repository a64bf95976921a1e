-- Tags and collections of articles, and an index for filters by author.

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

CREATE TRIGGER tag_removed AFTER DELETE ON labelled BEGIN
    DELETE FROM labels WHERE id = old.label_id AND kind = 'tag'
        AND NOT EXISTS (SELECT 1 FROM labelled WHERE label_id = old.label_id);
END;

CREATE INDEX articles_author ON articles (author);
