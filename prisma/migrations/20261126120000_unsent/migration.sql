-- CreateTable
CREATE TABLE "unsent_texts" (
    "story_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "device" UUID NOT NULL,
    "text" JSONB NOT NULL,
    "saved_at" TIMESTAMP(3) NOT NULL,
    "moved_to" UUID,

    CONSTRAINT "unsent_texts_pkey" PRIMARY KEY ("story_id","person_id","device")
);

-- CreateIndex
CREATE INDEX "unsent_texts_saved_at_idx" ON "unsent_texts"("saved_at");

-- AddForeignKey
ALTER TABLE "unsent_texts" ADD CONSTRAINT "unsent_texts_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
