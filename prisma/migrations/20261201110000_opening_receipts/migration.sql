-- What the opening of a story that came with an Idempotency-Key was answered, for each person.
CREATE TABLE "opening_receipts" (
    "person_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "story_id" UUID NOT NULL,
    "request_hash" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "opening_receipts_pkey" PRIMARY KEY ("person_id", "key")
);

ALTER TABLE "opening_receipts" ADD CONSTRAINT "opening_receipts_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
