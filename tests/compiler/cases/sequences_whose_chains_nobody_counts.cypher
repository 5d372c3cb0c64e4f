RETURN [COLLECT {
MATCH (n0:Person)
WHERE n0.id > $p4 AND n0.category IN $p0 AND
EXISTS { (n0)-[:TOOK_PART {role: $p1}]->(:Conviction) } AND
EXISTS { (n0)-[:TOOK_PART {role: $p1}]->(:Exchange) }
CALL (n0) {
WITH [(n0)-[n1:TOOK_PART]->(n2:Conviction|Exchange)
WHERE n1.role IN [$p1] | {record: n2, part: n1.modality, id: n2.id, lo: n2.date_lo, hi: n2.date_hi, before: [(n2)-[:FOLLOWS]->(n3:Event) | n3.id], s0: n2:Conviction AND n2.announced = $p2, s1: n2:Exchange AND n2.announced = $p3}] AS n4
UNWIND [n5 IN n4
WHERE n5.s0] AS n6
UNWIND [n5 IN n4
WHERE n5.s1] AS n7
WITH n4, n6, n7
WHERE NOT n7.id IN n6.before AND (n6.lo < n7.hi OR n6.id IN n7.before)
WITH n6, n7, (n6.hi < n7.lo OR n6.id IN n7.before) AS sure ORDER BY sure DESC, CASE WHEN n6.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n7.record.date IS NULL THEN 1 ELSE 0 END, n6.lo, n7.lo, n6.id, n7.id LIMIT 1
RETURN 1 AS chains, [n6.record, n7.record, sure] AS best }
WITH n0, chains, best
WHERE chains > 0 ORDER BY n0.id LIMIT $p5
WITH n0, chains, best[0] AS n8, best[1] AS n9, best[2] AS sure
RETURN [[n0.id, n0.`type`, n0.name], [chains, sure, [[n8.id], [n9.id]], [], []]] }, null, null] AS row
