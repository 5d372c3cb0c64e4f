RETURN [COLLECT {
WITH
COLLECT {
MATCH (n0:Person)
WHERE n0.born_lo IS NOT NULL AND n0.id IS NOT NULL
WITH n0 ORDER BY n0.born_lo, n0.id LIMIT $p0
RETURN n0 } AS n1
WITH n1, CASE WHEN size(n1) < $p0 THEN
COLLECT {
MATCH (n0:Person)
WHERE n0.born_lo IS NULL
WITH n0 ORDER BY n0.born_lo, n0.id LIMIT $p0
RETURN n0 } ELSE [] END AS n2
UNWIND n1 + n2 AS n0
WITH n0 ORDER BY n0.born_lo, n0.id LIMIT $p0
RETURN [n0.id] }, null] AS row
