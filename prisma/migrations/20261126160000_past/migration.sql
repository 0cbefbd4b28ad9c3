-- What a story was at a number of its log is found by the last events up to there (lib/db/past.ts asks with the same conditions).
CREATE INDEX "events_story_idx" ON "events" ("story_id", "seq") WHERE "type" IN ('story.opened', 'story.revised');
CREATE INDEX "events_pins_idx" ON "events" ("story_id", "seq") WHERE "type" IN ('update.pinned', 'update.unpinned');
CREATE INDEX "events_facts_idx" ON "events" ("story_id", "seq") WHERE ("type" LIKE 'claim.%' OR "type" LIKE 'question.%');
