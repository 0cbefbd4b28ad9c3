-- A picture that an erasure has taken, until its files are gone too.
ALTER TABLE "media" ADD COLUMN "erased_at" TIMESTAMP(3);
-- What an erased event was isn't counted among the corrections.
DROP INDEX "events_corrections_idx";
CREATE INDEX "events_corrections_idx" ON "events" ("story_id", "seq") WHERE "type" = 'update.corrected' AND "payload" -> 'update' IS NOT NULL;
-- Whether the database's files may still hold what was erased from a story.
ALTER TABLE "stories" ADD COLUMN "rewrite_due" BOOLEAN NOT NULL DEFAULT false;
