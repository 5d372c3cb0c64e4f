RETURN [COLLECT {
MATCH (n0:Person)
WHERE n0.id > $p1 AND n0.category IN $p0
CALL (n0) {
MATCH (n0)-[n1:TOOK_PART {role: $p2}]->(n2:Conviction), (n0)-[n3:TOOK_PART {role: $p4}]->(n4:Exchange)
WHERE n2.announced = $p3 AND n4.announced = $p5 AND n2.date_lo <= n4.date_hi
WITH n0, n2, n4
WHERE NOT
EXISTS { (n2)-[:FOLLOWS]->(n4) } AND (n2.date_lo < n4.date_hi OR
EXISTS { (n4)-[:FOLLOWS]->(n2) })
WITH n2, n4, (n2.date_hi < n4.date_lo OR
EXISTS { (n4)-[:FOLLOWS]->(n2) }) AS sure, [] AS stated ORDER BY sure DESC, CASE WHEN n2.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n4.date IS NULL THEN 1 ELSE 0 END, n2.date_lo, n4.date_lo, n2.id, n4.id LIMIT 1
RETURN 1 AS chains, [n2, n4, sure, stated] AS best }
WITH n0, chains, best
WHERE chains > 0 ORDER BY n0.id LIMIT $p6
WITH n0, chains, best[0] AS n2, best[1] AS n4, best[2] AS sure, best[3] AS stated
RETURN [[n0.id, n0.`type`, n0.name], [chains, sure, [[n2.id], [n4.id]], [], stated]] }, null, null] AS row
