RETURN [COLLECT {
MATCH (n0:Person)
WHERE any(n1 IN coalesce(n0.name_keys, [])
WHERE n1 CONTAINS $p0) AND n0.id > $p1
WITH n0 ORDER BY n0.id LIMIT $p2
RETURN [n0.id] }, null] AS row
