-- Rows that are over are found by their time, to be deleted.
CREATE INDEX "verifications_expires_at_idx" ON "verifications"("expires_at");

CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");
