-- The events of one update, for its history (lib/db/store.ts asks with the same expression).
CREATE INDEX "events_update_idx" ON "events" ("story_id", (("payload" #>> '{update,id}')), "seq");

-- CreateIndex
CREATE INDEX "updates_story_id_author_id_seq_idx" ON "updates"("story_id", "author_id", "seq");
