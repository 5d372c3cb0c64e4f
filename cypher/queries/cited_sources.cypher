// cited_sources(ids) -> [id]
// The sources that these records cite, and those that they repeat.
UNWIND $ids AS id
MATCH (:Record {id: id})-[:CITES]->(s:Source)
WITH DISTINCT s
MATCH (s)-[:DERIVED_FROM*0..20]->(o:Source)
RETURN DISTINCT o.id AS id
