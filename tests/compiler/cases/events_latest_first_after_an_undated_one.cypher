RETURN [COLLECT {
MATCH (n0:Event)
WHERE n0.announced = $p0 AND ((n0.rank IS NULL AND (n0.id < $p1)))
WITH n0 ORDER BY n0.rank IS NULL, n0.rank DESC, n0.id DESC LIMIT $p2
RETURN [n0.id] }, null] AS row
