// People are paged in the order of the Unicode collation for Ukrainian (graph_api/values/collation.py).
DROP INDEX person_by_name IF EXISTS;
CREATE INDEX person_by_collation IF NOT EXISTS FOR (n:Person) ON (n.name_sort, n.id);
