RETURN [COLLECT {
MATCH (n0:Event)
WHERE (n0.id IN $p0 AND false AND false AND n0.announced = $p1) AND n0.id > $p2
WITH n0 ORDER BY n0.id LIMIT $p3
RETURN [n0.id] }, null] AS row
