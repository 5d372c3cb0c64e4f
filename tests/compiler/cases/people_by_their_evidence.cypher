RETURN [COLLECT {
MATCH (n0:Person)<-[n2:MEMBER]-(n1:Group)
WHERE n1.id = $p0
WITH DISTINCT n0
WHERE (NOT coalesce(size(coalesce(n0.disputed, [])) = 0, false) AND $p1 IN coalesce(n0.disputed, []) AND any(n3 IN coalesce(n0.occupations, [])
WHERE toLower(n3) CONTAINS toLower($p2)) AND
EXISTS {
MATCH (n0)-[n5:CITES]->(n4:Source)
WHERE n4.id = $p3 } AND
COUNT {
MATCH (n0)-[n7:CITES]->(n6:Source)
RETURN DISTINCT n6 } > $p4 AND
COUNT {
MATCH (n0)-[n9:CITES]->(n8:Source)
RETURN DISTINCT n8 } <= $p5) AND n0.id > $p6
WITH n0 ORDER BY n0.id LIMIT $p7
RETURN [n0.id] }, null] AS row
