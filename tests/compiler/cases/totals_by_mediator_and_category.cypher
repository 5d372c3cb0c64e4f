RETURN [COLLECT {
CALL () {
MATCH (n7:Graph)
WHERE n7.totals = n7.content_hash
MATCH (n8:Total)
WHERE n8.dimensions = $p3 AND n8.kind IN $p4
RETURN n8.value AS n3, n8.category AS n4, n8.people AS people, n8.events AS events UNION ALL
OPTIONAL
MATCH (n7:Graph)
WITH n7
WHERE n7.totals IS NULL OR n7.content_hash IS NULL OR n7.totals <> n7.content_hash
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
RETURN n3, n4, people, events }
WITH n3, n4, people, events
WITH n3, n4, people, events ORDER BY n3, n4 LIMIT $p5
RETURN [[[n3,
COLLECT {
MATCH (n9:Record {id: n3})
RETURN [n9.id] }], [n4, []]], people, events, $p6] }, null] AS row
