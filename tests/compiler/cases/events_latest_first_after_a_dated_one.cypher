RETURN [COLLECT {
WITH
COLLECT {
MATCH (n0:Event)
WHERE n0.rank IS NOT NULL AND n0.id IS NOT NULL AND n0.rank <= $p4 AND n0.announced = $p0 AND (((n0.rank < $p2)) OR (n0.rank = $p2 AND (n0.id < $p3)))
WITH n0 ORDER BY n0.rank DESC, n0.id DESC LIMIT $p1
RETURN n0 } AS n1
WITH n1, CASE WHEN size(n1) < $p1 THEN
COLLECT {
MATCH (n0:Event)
WHERE n0.rank IS NULL AND n0.announced = $p0
WITH n0 ORDER BY n0.rank IS NULL, n0.rank DESC, n0.id DESC LIMIT $p1
RETURN n0 } ELSE [] END AS n2
UNWIND n1 + n2 AS n0
WITH n0 ORDER BY n0.rank IS NULL, n0.rank DESC, n0.id DESC LIMIT $p1
RETURN [n0.id] }, null] AS row
