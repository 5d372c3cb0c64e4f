RETURN [COLLECT {
MATCH (n0:Person)
WHERE
EXISTS {
MATCH (n0)-[n1:TOOK_PART {role: $p0}]->(n2:Release), (n0)-[n3:TOOK_PART {role: $p2}]->(n4:Release)
WHERE n2.announced = $p1 AND n4.announced = $p3 AND n2 <> n4 AND n2.date_lo <= n4.date_hi
WITH n0, n2, n4
WHERE NOT
EXISTS { (n2)-[:FOLLOWS]->(n4) } } AND n0.id > $p4
WITH n0 ORDER BY n0.id LIMIT $p5
RETURN [n0.id] }, null] AS row
