-- The networks that each person has signed in from, so that strangers can't use up their tries.
CREATE TABLE "known_networks" (
    "user_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "last_sign_in_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "known_networks_pkey" PRIMARY KEY ("user_id", "digest")
);

CREATE INDEX "known_networks_last_sign_in_at_idx" ON "known_networks"("last_sign_in_at");

ALTER TABLE "known_networks" ADD CONSTRAINT "known_networks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
