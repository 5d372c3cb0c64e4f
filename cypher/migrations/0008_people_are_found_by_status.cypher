// Filters, totals and the order by the last report of custody read the status that is stored with a person.
CREATE INDEX person_by_custody IF NOT EXISTS FOR (n:Person) ON (n.custody, n.id);
CREATE INDEX person_by_legal IF NOT EXISTS FOR (n:Person) ON (n.legal, n.id);
CREATE INDEX person_by_custody_reported IF NOT EXISTS FOR (n:Person) ON (n.custody_reported, n.id);
