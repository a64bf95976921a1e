-- Who passes a statement on, and whether its cue is negated.

ALTER TABLE statements ADD COLUMN via TEXT NOT NULL DEFAULT '';
ALTER TABLE statements ADD COLUMN is_negated INTEGER NOT NULL DEFAULT 0;
-- Damaged rows stay detectable: only checksums that matched are updated.
UPDATE statements
    SET checksum = checksum(
        article_id, speaker_id, start, end, said, cue, mention, role, is_direct, inferred, via, is_negated)
    WHERE checksum = checksum(article_id, speaker_id, start, end, said, cue, mention, role, is_direct, inferred);
