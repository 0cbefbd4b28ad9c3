-- No device is trusted to skip the second factor any more: nobody could see which were, or take it back.
DELETE FROM "verifications" WHERE "identifier" LIKE 'trust-device-%';
