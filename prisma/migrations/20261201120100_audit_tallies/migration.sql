-- Failures that strangers cause are counted in one entry for each kind, account, network and hour.
ALTER TABLE "audit_entries" ADD COLUMN "tally_key" TEXT;

CREATE UNIQUE INDEX "audit_entries_tally_key_key" ON "audit_entries"("tally_key");
