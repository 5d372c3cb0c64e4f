// Stays are stored with whose they are, and replaced together with the events that they follow from.
CREATE CONSTRAINT stay_id IF NOT EXISTS FOR (n:Stay) REQUIRE n.id IS UNIQUE;
CREATE INDEX stay_by_subject IF NOT EXISTS FOR (n:Stay) ON (n.subject);
