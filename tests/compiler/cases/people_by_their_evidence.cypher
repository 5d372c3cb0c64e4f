RETURN [COLLECT {
MATCH (n0:Person)<-[n2:MEMBER]-(n1:Group)
WHERE n1.id = $p0
WITH DISTINCT n0
WHERE (NOT coalesce(size(coalesce(n0.disputed, [])) = 0, false) AND $p1 IN coalesce(n0.disputed, []) AND
EXISTS {
MATCH (n0)<-[n4:MEMBER]-(n3:Group)
WHERE n3.id = $p2 } AND any(n5 IN coalesce(n0.occupations, [])
WHERE toLower(n5) CONTAINS toLower($p3)) AND
EXISTS {
MATCH (n0)-[n7:CITES]->(n6:Source)
WHERE n6.id = $p4 } AND
COUNT {
MATCH (n0)-[n9:CITES]->(n8:Source)
RETURN DISTINCT n8 } > $p5 AND
COUNT {
MATCH (n0)-[n11:CITES]->(n10:Source)
RETURN DISTINCT n10 } <= $p6) AND n0.id > $p7
WITH n0 ORDER BY n0.id LIMIT $p8
RETURN [n0.id] }, null] AS row
