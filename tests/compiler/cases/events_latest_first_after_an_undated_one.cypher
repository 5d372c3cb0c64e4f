RETURN [COLLECT {
MATCH (n0:Event)
WHERE ((n0.day IS NULL AND (n0.id > $p0)))
WITH n0 ORDER BY n0.day IS NULL, n0.day DESC, n0.id LIMIT $p1
RETURN [n0.id] }, null] AS row
