RETURN [COLLECT {
MATCH (n0:Event)-[n2:ABOUT]->(n1:Record)
WHERE n1.id = $p0
WITH DISTINCT n0
WHERE ($p1 IN coalesce(n0.disputed, []) AND
EXISTS {
MATCH (n0)-[n4:FROM_SITE]->(n3:Site)
WHERE n3.id = $p2 } AND n0.since >= $p3 AND n0.since <= $p4 AND
COUNT {
MATCH (n0)-[n6:CITES]->(n5:Source)
RETURN DISTINCT n5 } = $p5 AND
EXISTS {
MATCH (n0)-[n8:TO_SITE]->(n7:Site)
WHERE n7.id = $p6 } AND n0.announced = $p7) AND n0.id > $p8
WITH n0 ORDER BY n0.id LIMIT $p9
RETURN [n0.id] }, null] AS row
