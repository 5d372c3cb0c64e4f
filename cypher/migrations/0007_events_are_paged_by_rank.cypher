// Lists of events are paged by rank, then id: the order that bounds and stated order give.
CREATE INDEX event_by_rank IF NOT EXISTS FOR (n:Event) ON (n.rank, n.id);
CREATE INDEX exchange_by_rank IF NOT EXISTS FOR (n:Exchange) ON (n.rank, n.id);
DROP INDEX event_by_day IF EXISTS;
DROP INDEX exchange_by_day IF EXISTS;
