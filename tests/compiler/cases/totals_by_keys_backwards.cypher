RETURN [COLLECT {
MATCH (n0:Event)
WHERE n0.announced = $p0
WITH n0,
COLLECT {
MATCH (n0)-[:CITES]->(n6:Source)
RETURN DISTINCT n6.id } AS n5
UNWIND CASE WHEN size(n5) = 0 THEN [null] ELSE n5 END AS n3
OPTIONAL
MATCH (n1:Person)-[n2:TOOK_PART {role: $p1}]->(n0)
WITH n0, n3, n1, n2, coalesce(n1.tags, []) AS n7
UNWIND CASE WHEN size(n7) = 0 THEN [null] ELSE n7 END AS n4
WITH n3, n4, count(DISTINCT n1) AS people, count(DISTINCT n0) AS events
WITH n3, n4, people, events ORDER BY n3 IS NULL, n3 DESC, n4 IS NULL, n4 DESC LIMIT $p2
RETURN [[[n3,
COLLECT {
MATCH (n8:Record {id: n3})
RETURN [] }], [n4, []]], people, events, $p3] }, null] AS row
