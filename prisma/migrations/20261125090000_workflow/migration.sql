-- AlterTable
ALTER TABLE "updates" ADD COLUMN     "pinned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sent_back" JSONB,
ADD COLUMN     "submitted_at" TIMESTAMP(3),
ADD COLUMN     "tags" JSONB NOT NULL DEFAULT '[]';

-- What an update is about is found as its words are (lib/db/overview.ts asks with the same expression).
DROP INDEX "updates_words_idx";
CREATE INDEX "updates_words_idx" ON "updates" USING GIN ((
  to_tsvector('simple', coalesce("title", '')) ||
  jsonb_to_tsvector('simple', jsonb_path_query_array("body", 'strict $.**.text'), '["string"]') ||
  jsonb_to_tsvector('simple', "tags", '["string"]')
));

-- CreateTable
CREATE TABLE "notes" (
    "id" UUID NOT NULL,
    "story_id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "story_people" (
    "story_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "story_people_pkey" PRIMARY KEY ("story_id","person_id")
);

-- CreateIndex
CREATE INDEX "notes_story_id_at_idx" ON "notes"("story_id", "at" DESC);

-- CreateIndex
CREATE INDEX "story_people_person_id_idx" ON "story_people"("person_id");

-- AddForeignKey
ALTER TABLE "notes" ADD CONSTRAINT "notes_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_people" ADD CONSTRAINT "story_people_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "story_people" ADD CONSTRAINT "story_people_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
