-- AlterTable
ALTER TABLE "stories" ADD COLUMN     "chain" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "linked_to" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "public_from" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "events" ADD COLUMN     "salt" TEXT,
ADD COLUMN     "payload_hash" TEXT,
ADD COLUMN     "hash" TEXT;

-- Since which event readers have been able to see a story. Events from before there was a chain are linked at the next start
-- (lib/db/link-events.ts).
UPDATE "stories" SET "public_from" = coalesce((
  SELECT min("seq") FROM "events"
  WHERE "story_id" = "stories"."id" AND "type" IN ('story.opened', 'story.revised') AND "payload" #>> '{story,status}' <> 'draft'), 0);
