-- The language of an update where it is not the story's.
ALTER TABLE "updates" ADD COLUMN "language" TEXT;

-- What is read for the list of stories: what was published in the last day.
CREATE INDEX "updates_published_at_idx" ON "updates"("published_at");

-- The words of each update, for the search within a story (lib/db/search.ts asks with the same expression). No language is
-- assumed: a story may be in any, and words are found by how they begin.
CREATE INDEX "updates_words_idx" ON "updates" USING GIN ((
  to_tsvector('simple', coalesce("title", '')) ||
  jsonb_to_tsvector('simple', jsonb_path_query_array("body", 'strict $.**.text'), '["string"]')
));
