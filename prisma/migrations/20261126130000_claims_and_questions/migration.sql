-- CreateTable
CREATE TABLE "claims" (
    "id" UUID NOT NULL,
    "story_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "questions" (
    "id" UUID NOT NULL,
    "story_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "questions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "claims_story_id_seq_key" ON "claims"("story_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "questions_story_id_seq_key" ON "questions"("story_id", "seq");

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "questions" ADD CONSTRAINT "questions_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "updates" ADD COLUMN     "claims" JSONB NOT NULL DEFAULT '[]';
