-- Sentence vectors in 8 bits; content hashes of passages, so that none is embedded twice.

ALTER TABLE passages ADD COLUMN content BLOB NOT NULL DEFAULT x'';
UPDATE passages SET content = content_hash(
    (SELECT CAST(substr(text, start + 1, end - start) AS BLOB) FROM articles WHERE articles.id = article_id), sentences, start);
CREATE INDEX passages_content ON passages (content);

DELETE FROM vectors WHERE checksum <> checksum(passage, sentences, words, word_counts); -- to be rebuilt
UPDATE vectors SET sentences = in_bytes(sentences, length(passage));
UPDATE vectors SET checksum = checksum(passage, sentences, words, word_counts);
