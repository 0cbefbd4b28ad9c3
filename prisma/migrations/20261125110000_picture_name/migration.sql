-- The name that the file of a picture had where it came from, to be found by.
ALTER TABLE "media" ADD COLUMN "name" TEXT NOT NULL DEFAULT '';
