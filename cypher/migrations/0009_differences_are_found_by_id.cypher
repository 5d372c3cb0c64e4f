// Differences are stored with the records that they are on, paged by id, and found by kind and by the event in which namesakes took part.
CREATE CONSTRAINT difference_id IF NOT EXISTS FOR (n:Difference) REQUIRE n.id IS UNIQUE;
CREATE INDEX difference_by_kind IF NOT EXISTS FOR (n:Difference) ON (n.kind, n.id);
CREATE INDEX difference_by_event IF NOT EXISTS FOR (n:Difference) ON (n.event);
