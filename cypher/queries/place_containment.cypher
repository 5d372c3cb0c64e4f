// place_containment() -> [id, container]
// The next larger place of every place that lies in one.
MATCH (p:Place)-[:WITHIN]->(q:Place)
RETURN p.id AS id, q.id AS container
