RETURN [COLLECT {
MATCH (n0:Event)
WHERE true AND n0.id > $p0
WITH n0 ORDER BY n0.id LIMIT $p1
RETURN [n0.id] }, null] AS row
