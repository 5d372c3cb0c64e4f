RETURN [COLLECT {
MATCH (n0:Person)
WHERE n0.id > $p0
WITH n0 ORDER BY n0.id LIMIT $p1
RETURN [n0.id, n0.name] }, null] AS row
