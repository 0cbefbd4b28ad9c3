-- AlterTable
ALTER TABLE "updates" ADD COLUMN     "breaking" BOOLEAN NOT NULL DEFAULT false;
