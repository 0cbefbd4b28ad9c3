-- What stays in view where a picture is cut: how far from its left and from its top, from 0 to 1.
ALTER TABLE "media" ADD COLUMN "focus_x" DOUBLE PRECISION,
ADD COLUMN "focus_y" DOUBLE PRECISION;
