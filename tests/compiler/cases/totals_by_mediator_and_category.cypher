RETURN [COLLECT {
MATCH (n0:Event)
WHERE (n0:Exchange AND n0.announced = $p0)
WITH n0,
COLLECT {
MATCH (n0)<-[:TOOK_PART {role: $p1}]-(n6:Actor)
RETURN DISTINCT n6.id } AS n5
UNWIND CASE WHEN size(n5) = 0 THEN [null] ELSE n5 END AS n3
OPTIONAL
MATCH (n1:Person)-[n2:TOOK_PART {role: $p2}]->(n0)
WITH n0, n3, n1, n2, n1.category AS n4
WITH n3, n4, count(DISTINCT n1) AS people, count(DISTINCT n0) AS events
WITH n3, n4, people, events ORDER BY n3, n4 LIMIT $p3
RETURN [[[n3,
COLLECT {
MATCH (n7:Record {id: n3})
RETURN [n7.id] }], [n4, []]], people, events, $p4] }, null] AS row
