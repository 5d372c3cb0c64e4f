RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Record {id: n2})
RETURN [CASE WHEN n0.title IS NULL THEN
COLLECT {
MATCH (n3)-[n4:TOOK_PART]->(n0)
WHERE n4.role IN $p1
RETURN [n3.name, n3:Group, n4.role] ORDER BY n4.role DESC, n3.id LIMIT 3 } END, n0.date, n0.kind, n0.measure, n0.name, n0.quantity, n0.title, n0.`type`] LIMIT 1 } AS row
