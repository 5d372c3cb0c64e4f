// origin_sources(ids) -> [id]
// The sources from which these repeat, themselves included.
UNWIND $ids AS id
MATCH (s:Source {id: id})-[:DERIVED_FROM*0..20]->(o:Source)
RETURN DISTINCT o.id AS id
