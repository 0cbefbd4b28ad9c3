-- The words of each update, made once: a search that goes through a story no longer makes them again for every update it looks at.
-- No language is assumed: a story may be in any, and words are found by how they begin.
DROP INDEX "updates_words_idx";
ALTER TABLE "updates" ADD COLUMN "words" TSVECTOR GENERATED ALWAYS AS (
  to_tsvector('simple', coalesce("title", '')) ||
  jsonb_to_tsvector('simple', jsonb_path_query_array("body", 'strict $.**.text'), '["string"]') ||
  jsonb_to_tsvector('simple', "tags", '["string"]')
) STORED;
CREATE INDEX "updates_words_idx" ON "updates" USING GIN ("words");

-- Which event was the last at a moment.
CREATE INDEX "events_story_id_at_seq_idx" ON "events"("story_id", "at", "seq");
