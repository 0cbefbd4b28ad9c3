-- Who has set the time at which a draft is published: they must still be somebody who may, when it comes.
ALTER TABLE "updates" ADD COLUMN "scheduled_by" TEXT;
