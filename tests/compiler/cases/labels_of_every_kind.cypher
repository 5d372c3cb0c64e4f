RETURN
COLLECT {
MATCH (n0:Record {id: $p0})
RETURN [CASE WHEN n0.title IS NULL THEN
COLLECT {
MATCH (n1)-[:TOOK_PART {role: $p1}]->(n0)
RETURN n1.name ORDER BY n1.id LIMIT 3 } END, n0.kind, n0.measure, n0.name, n0.quantity, n0.title, n0.`type`] LIMIT 1 } AS row
