RETURN head(COLLECT {
MATCH (n3:Event)-[n10:AT|FROM_SITE|TO_SITE]->(n9:Site)
WHERE n9.id = $p1
WITH DISTINCT n3
WHERE (n3.announced = $p2)
WITH n3,
COLLECT {
MATCH (n3)-[:AT]->(n12:Site)
RETURN DISTINCT n12.id } AS n11
WITH n3, CASE WHEN size(n11) = 0 THEN [[1, null]] ELSE [n13 IN n11 | [1, n13]] END AS n6
OPTIONAL
MATCH (n4:Person)-[n5:TOOK_PART {role: $p3}]->(n3)
WITH n3, n6, n4, n5, [[0, n4.sex]] AS n7
UNWIND n6 + n7 AS n8
WITH n8[0] AS n1, n8[1] AS value, count(DISTINCT n4) AS people, count(DISTINCT n3) AS events ORDER BY value
WITH n1, collect([value, people, events]) AS n0
WITH collect([n1, size(n0), n0[..$p0]]) AS n2
RETURN [[COLLECT {
UNWIND coalesce(head([n15 IN n2
WHERE n15[0] = 0 | n15[2]]), [])[..$p4] AS n16
WITH n16[0] AS value, n16
RETURN [[[value, []]], n16[1], n16[2], $p5] }, coalesce(head([n15 IN n2
WHERE n15[0] = 0 | n15[1]]), 0)], [COLLECT {
UNWIND coalesce(head([n17 IN n2
WHERE n17[0] = 1 | n17[2]]), [])[..$p6] AS n18
WITH n18[0] AS value, n18
RETURN [[[value,
COLLECT {
MATCH (n19:Record {id: value})
RETURN [n19.id] }]], n18[1], n18[2], $p7] }, null]] }) AS row
