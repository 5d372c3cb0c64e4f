// Seed entries know the collection that owns them; loads are numbered.
CREATE CONSTRAINT entry_id IF NOT EXISTS FOR (n:Entry) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT collection_id IF NOT EXISTS FOR (n:Collection) REQUIRE n.id IS UNIQUE;
CREATE INDEX entry_by_collection IF NOT EXISTS FOR (n:Entry) ON (n.collection);
CREATE INDEX load_by_number IF NOT EXISTS FOR (n:Load) ON (n.number);
