// Totals that are stored are added to by their ids, and read by their dimensions.
CREATE CONSTRAINT total_id IF NOT EXISTS FOR (n:Total) REQUIRE n.id IS UNIQUE;
CREATE INDEX total_by_dimensions IF NOT EXISTS FOR (n:Total) ON (n.dimensions);
