RETURN [COLLECT {
MATCH (n0:Person)
WHERE (EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Release) } AND any(n4 IN [[(n0)-[n1:TOOK_PART]->(n2:Release)
WHERE n1.role IN [$p0] | {id: n2.id, lo: n2.date_lo, hi: n2.date_hi, before: [(n2)-[:FOLLOWS]->(n3:Event) | n3.id], s0: n2:Release AND n2.announced = $p1}]]
WHERE any(n5 IN n4
WHERE n5.s0 AND any(n6 IN n4
WHERE n6.s0 AND n5.id <> n6.id AND NOT n6.id IN n5.before AND n5.lo <= n6.hi)))) AND n0.id > $p2
WITH n0 ORDER BY n0.id LIMIT $p3
RETURN [n0.id] }, null] AS row
