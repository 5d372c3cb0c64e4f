// A record is found by the ids that it had before.
CREATE CONSTRAINT former_id IF NOT EXISTS FOR (n:FormerId) REQUIRE n.id IS UNIQUE;
CREATE INDEX former_id_by_record IF NOT EXISTS FOR (n:FormerId) ON (n.record);
