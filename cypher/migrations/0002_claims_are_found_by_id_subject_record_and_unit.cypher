// Claims are read by key: by their own id, by what they are about, by the seed entry that states them.
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;
CREATE INDEX claim_subject IF NOT EXISTS FOR (n:Claim) ON (n.subject);
CREATE INDEX claim_record IF NOT EXISTS FOR (n:Claim) ON (n.record);
CREATE INDEX claim_unit IF NOT EXISTS FOR (n:Claim) ON (n.unit);
