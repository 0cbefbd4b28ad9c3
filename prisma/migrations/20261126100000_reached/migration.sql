-- CreateTable
CREATE TABLE "deliveries" (
    "story_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "process" UUID NOT NULL,
    "readers" INTEGER NOT NULL,
    "asked" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "delays" JSONB NOT NULL,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("story_id","seq","process")
);

-- CreateTable
CREATE TABLE "audience_samples" (
    "story_id" UUID NOT NULL,
    "minute" TIMESTAMP(3) NOT NULL,
    "process" UUID NOT NULL,
    "readers" INTEGER NOT NULL,

    CONSTRAINT "audience_samples_pkey" PRIMARY KEY ("story_id","minute","process")
);

-- CreateIndex
CREATE INDEX "audience_samples_minute_idx" ON "audience_samples"("minute");

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audience_samples" ADD CONSTRAINT "audience_samples_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
