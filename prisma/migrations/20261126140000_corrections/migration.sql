-- The corrections of a story, and the other changes to what its updates say (lib/db/overview.ts asks with the same conditions).
CREATE INDEX "events_corrections_idx" ON "events" ("story_id", "seq") WHERE "type" = 'update.corrected';
CREATE INDEX "events_changes_idx" ON "events" ("story_id", "seq") WHERE "type" IN ('update.corrected', 'update.revised');
