RETURN [COLLECT {
MATCH (n0:Person)
WHERE (((n0.name_sort > $p0)) OR (n0.name_sort = $p0 AND (n0.id > $p1)))
WITH n0 ORDER BY n0.name_sort, n0.id LIMIT $p2
RETURN [n0.id, n0.name_sort, $p3] },
COUNT {
MATCH (n1:Person) }] AS row
