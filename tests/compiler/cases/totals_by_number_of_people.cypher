RETURN [COLLECT {
MATCH (n0:Event)
WHERE n0.announced = $p0
WITH n0,
COLLECT {
MATCH (n0)-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]->(n8:Place {kind: $p1})
RETURN DISTINCT n8.id } AS n7
UNWIND CASE WHEN size(n7) = 0 THEN [null] ELSE n7 END AS n3
WITH n0, n3, [n11 IN
COLLECT {
MATCH (n0)-[:COURT|AUTHORITY]->(n10:Organization)
RETURN coalesce(n10.standing, $p2) AS n11 UNION
RETURN n0.court_standing AS n11 }
WHERE n11 IS NOT NULL] AS n9
UNWIND CASE WHEN size(n9) = 0 THEN [null] ELSE n9 END AS n4
WITH n0, n3, n4,
COLLECT {
MATCH (n0)-[:FROM_SITE]->(n13:Site)
RETURN DISTINCT n13.id } AS n12
UNWIND CASE WHEN size(n12) = 0 THEN [null] ELSE n12 END AS n6
OPTIONAL
MATCH (n1:Person)-[n2:TOOK_PART {role: $p3}]->(n0)
WITH n0, n3, n4, n6, n1, n2, coalesce(n1.occupations, []) AS n14
UNWIND CASE WHEN size(n14) = 0 THEN [null] ELSE n14 END AS n5
WITH n3, n4, n5, n6, count(DISTINCT n1) AS people, count(DISTINCT n0) AS events
WITH n3, n4, n5, n6, people, events ORDER BY people DESC, n3, n4, n5, n6 LIMIT $p4
RETURN [[[n3,
COLLECT {
MATCH (n15:Record {id: n3})
RETURN [n15.id] }], [n4, []], [n5, []], [n6,
COLLECT {
MATCH (n16:Record {id: n6})
RETURN [n16.id] }]], people, events, $p5] }, null] AS row
