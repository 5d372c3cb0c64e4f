RETURN [COLLECT {
MATCH (n0:Person) USING INDEX n0:Person(name_sort, id)
WHERE n0.id IS NOT NULL AND (n0.sex = $p0 AND
EXISTS {
MATCH (n0)-[n2:TOOK_PART {role: $p1}]->(n1:Event)
WHERE n1.announced = $p2 }) AND n0.name_sort > $p3
WITH n0 ORDER BY n0.name_sort, n0.id LIMIT $p4
RETURN [n0.id, n0.name, n0.name_sort, $p5] }, head(COLLECT {
CALL () {
MATCH (n6:Graph)
WHERE n6.totals = n6.content_hash
OPTIONAL
MATCH (n7:Total)
WHERE n7.dimensions = $p9 AND n7.value = $p10
WITH n6, sum(n7.people) AS people
RETURN people UNION ALL
OPTIONAL
MATCH (n6:Graph)
WITH n6
WHERE n6.totals IS NULL OR n6.content_hash IS NULL OR n6.totals <> n6.content_hash
RETURN
COUNT {
MATCH (n3:Person)
WHERE (n3.sex = $p6 AND
EXISTS {
MATCH (n3)-[n5:TOOK_PART {role: $p7}]->(n4:Event)
WHERE n4.announced = $p8 }) } AS people }
RETURN people })] AS row
