-- Word vectors and near-duplicates. Passages are re-embedded and articles compared in the background.

DROP TABLE vectors;
CREATE TABLE vectors (
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    passage    BLOB NOT NULL,            -- float16 [dim]
    sentences  BLOB NOT NULL,            -- float16 [sentences, dim], in the order of passages.sentences
    words      BLOB NOT NULL,            -- one bit [words, dim]: the signs of the content words' vectors, in order
    word_counts BLOB NOT NULL,           -- uint16 [sentences]: how many of the words each sentence has
    change     INTEGER NOT NULL
) STRICT;
CREATE INDEX vectors_change ON vectors (change);

ALTER TABLE articles ADD COLUMN story INTEGER; -- the same number for near-duplicates; NULL: not compared yet
CREATE INDEX articles_story ON articles (story);

CREATE TABLE bands (                     -- articles that are alike share one: how near-duplicates are found
    band       INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (band, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_article ON bands (article_id);
