-- AlterTable
ALTER TABLE "stories" ADD COLUMN     "archived" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "auto_close_days" INTEGER,
ADD COLUMN     "closed_at" TIMESTAMP(3),
ADD COLUMN     "closing_summary" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "cover" JSONB,
ADD COLUMN     "template" TEXT;
