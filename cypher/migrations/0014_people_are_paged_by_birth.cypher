// The list of people by birth is read in the order of an index, as lists by the last report of custody are.
CREATE INDEX person_by_birth IF NOT EXISTS FOR (n:Person) ON (n.born_lo, n.id);
