-- AlterTable
ALTER TABLE "stories" ADD COLUMN     "chain" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "events" ADD COLUMN     "salt" TEXT,
ADD COLUMN     "payload_hash" TEXT,
ADD COLUMN     "hash" TEXT;

-- Events from before there was a chain: they are linked into it at the next start (lib/db/link-events.ts).
CREATE INDEX "events_unlinked_idx" ON "events" ("story_id") WHERE "hash" IS NULL;
