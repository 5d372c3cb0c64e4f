RETURN
COLLECT {
MATCH (n0:Record {id: $p0})
RETURN [CASE WHEN n0.title IS NULL THEN
COLLECT {
MATCH (n1)-[n2:TOOK_PART]->(n0)
WHERE n2.role IN $p1
RETURN [n1.name, n1:Group, n2.role] ORDER BY n2.role DESC, n1.id LIMIT 3 } END, n0.date, n0.kind, n0.measure, n0.name, n0.quantity, n0.title, n0.`type`] LIMIT 1 } AS row
