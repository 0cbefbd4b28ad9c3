-- Who made a link to set a password, so that it ends when they are no longer an admin. Null if its owner asked for it.
ALTER TABLE "password_resets" ADD COLUMN "made_by" TEXT;

ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_made_by_fkey" FOREIGN KEY ("made_by") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Of the open links nobody knows who made them. They would have lasted an hour.
DELETE FROM "password_resets";
