// Keyset paging: an index for each label and order by which a list can be asked.
CREATE INDEX person_by_id IF NOT EXISTS FOR (n:Person) ON (n.id);
CREATE INDEX person_by_name IF NOT EXISTS FOR (n:Person) ON (n.name, n.id);
CREATE INDEX group_by_id IF NOT EXISTS FOR (n:Group) ON (n.id);
CREATE INDEX organization_by_id IF NOT EXISTS FOR (n:Organization) ON (n.id);
CREATE INDEX actor_by_id IF NOT EXISTS FOR (n:Actor) ON (n.id);
CREATE INDEX place_by_id IF NOT EXISTS FOR (n:Place) ON (n.id);
CREATE INDEX site_by_id IF NOT EXISTS FOR (n:Site) ON (n.id);
CREATE INDEX event_by_id IF NOT EXISTS FOR (n:Event) ON (n.id);
CREATE INDEX event_by_day IF NOT EXISTS FOR (n:Event) ON (n.day, n.id);
CREATE INDEX exchange_by_id IF NOT EXISTS FOR (n:Exchange) ON (n.id);
CREATE INDEX exchange_by_day IF NOT EXISTS FOR (n:Exchange) ON (n.day, n.id);
CREATE INDEX figure_by_id IF NOT EXISTS FOR (n:Figure) ON (n.id);
CREATE INDEX source_by_id IF NOT EXISTS FOR (n:Source) ON (n.id);
