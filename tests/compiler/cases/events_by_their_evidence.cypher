RETURN [COLLECT {
MATCH (n0:Event)-[n2:ABOUT]->(n1:Record)
WHERE n1.id = $p0
WITH DISTINCT n0
WHERE (EXISTS {
MATCH (n0)-[n4:ABOUT]->(n3:Record)
WHERE n3.id = $p1 } AND $p2 IN coalesce(n0.disputed, []) AND
EXISTS {
MATCH (n0)-[n6:FROM_SITE]->(n5:Site)
WHERE n5.id = $p3 } AND n0.since >= $p4 AND n0.since <= $p5 AND
COUNT {
MATCH (n0)-[n8:CITES]->(n7:Source)
RETURN DISTINCT n7 } = $p6 AND
EXISTS {
MATCH (n0)-[n10:TO_SITE]->(n9:Site)
WHERE n9.id = $p7 } AND n0.announced = $p8) AND n0.id > $p9
WITH n0 ORDER BY n0.id LIMIT $p10
RETURN [n0.id] }, null] AS row
