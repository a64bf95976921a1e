-- A history of stamped changes, checksums of rows, and a list of passages to embed.

CREATE TABLE changes (                   -- the last changes, each with a stamp: tells this file from an older copy of it
    change INTEGER PRIMARY KEY,
    stamp  BLOB NOT NULL
) STRICT;
INSERT INTO changes SELECT change, randomblob(8) FROM library;

ALTER TABLE articles ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET checksum = checksum(title, hash, url, publisher, author, published, added);
ALTER TABLE passages ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE passages SET checksum = checksum(article_id, start, end, sentences);
ALTER TABLE vectors ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE vectors SET checksum = checksum(passage, sentences, words, word_counts);
ALTER TABLE statements ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE statements SET checksum =
    checksum(article_id, speaker_id, start, end, said, cue, mention, role, is_direct, inferred);
ALTER TABLE speakers ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
UPDATE speakers SET checksum = checksum(name);

CREATE TABLE to_embed (                  -- passages without vectors
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE
) STRICT;
INSERT INTO to_embed SELECT id FROM passages WHERE id NOT IN (SELECT passage_id FROM vectors);

CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN
    INSERT INTO to_embed VALUES (new.id);
END;
CREATE TRIGGER vectors_added AFTER INSERT ON vectors BEGIN
    DELETE FROM to_embed WHERE passage_id = new.passage_id;
END;
CREATE TRIGGER vectors_removed AFTER DELETE ON vectors BEGIN
    INSERT OR IGNORE INTO to_embed SELECT id FROM passages WHERE id = old.passage_id;
END;
