RETURN [COLLECT {
MATCH (n0:Event)
WHERE (NOT coalesce((EXISTS {
MATCH (n0)-[n2:AT|FROM_SITE|TO_SITE]->(n1:Site)
WHERE n1.id IN $p0 } OR
EXISTS {
MATCH (n0)-[n4:COURT|AUTHORITY]->(n3:Organization)
WHERE (n3.standing = $p1 OR n3.standing IS NULL) } OR n0.court_standing = $p2), false) AND ((n0:Remand|Trial AND
EXISTS {
MATCH (n0)-[n6:COURT]->(n5:Organization)
WHERE n5.id = $p3 }) OR NOT coalesce(size(coalesce(n0.disputed, [])) = 0, false)) AND n0.announced = $p4) AND n0.id > $p5
WITH n0 ORDER BY n0.id LIMIT $p6
RETURN [n0.id] }, null] AS row
