RETURN [COLLECT {
MATCH (n0:Difference)
WHERE (n0.kind = $p0 AND n0.id > $p1)
WITH n0 ORDER BY n0.kind, n0.id LIMIT $p2
RETURN [n0.id, n0.kind, $p3] }, null] AS row
