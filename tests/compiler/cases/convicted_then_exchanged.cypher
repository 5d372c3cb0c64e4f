RETURN [COLLECT {
MATCH (n14:Person)
WHERE n14.id > $p12 AND n14.category IN $p8 AND
EXISTS { (n14)-[:TOOK_PART {role: $p9}]->(:Conviction) } AND
EXISTS { (n14)-[:TOOK_PART {role: $p9}]->(:Exchange) }
CALL (n14) {
WITH [(n14)-[n15:TOOK_PART]->(n16:Conviction|Exchange)
WHERE n15.role IN [$p9] | {record: n16, part: n15.modality, id: n16.id, lo: n16.date_lo, hi: n16.date_hi, before: [(n16)-[:FOLLOWS]->(n17:Event) | n17.id], s0: n16:Conviction AND n16.announced = $p10, s1: n16:Exchange AND n16.announced = $p11}] AS n18
UNWIND [n19 IN n18
WHERE n19.s0] AS n20
UNWIND [n19 IN n18
WHERE n19.s1] AS n21
WITH n18, n20, n21
WHERE NOT n21.id IN n20.before AND (n20.hi < n21.lo OR n20.id IN n21.before)
WITH n20, n21, (n20.hi < n21.lo OR n20.id IN n21.before) AS sure ORDER BY sure DESC, CASE WHEN n20.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n21.record.date IS NULL THEN 1 ELSE 0 END, n20.lo, n21.lo, n20.id, n21.id
WITH collect([n20.record, n21.record, sure, n20.part, n21.part]) AS found
RETURN size(found) AS chains, found[0] AS best }
WITH n14, chains, best
WHERE chains > 0 ORDER BY n14.id LIMIT $p13
WITH n14, chains, best[0] AS n22, best[1] AS n23, best[2] AS sure, best[3] AS n24, best[4] AS n25
RETURN [[n14.id, n14.`type`, n14.id], [chains, sure, [[n22.date, n22.id], [n23.date, n23.id]], [[n22.kind, n22.date, n22.shown_lo, n22.shown_hi, n22.stated_lo, n22.stated_hi, n22.known, n22.modality, n24, n22.date_modality, 'date' IN n22.disputed], [n23.kind, n23.date, n23.shown_lo, n23.shown_hi, n23.stated_lo, n23.stated_hi, n23.known, n23.modality, n25, n23.date_modality, 'date' IN n23.disputed]], [head([(n23)-[follows:FOLLOWS]->(n22) | follows.modality])]]] },
COUNT {
MATCH (n0:Person)
WHERE (n0.category IN $p0 AND
EXISTS { (n0)-[:TOOK_PART {role: $p1}]->(:Conviction) } AND
EXISTS { (n0)-[:TOOK_PART {role: $p1}]->(:Exchange) } AND any(n4 IN [[(n0)-[n1:TOOK_PART]->(n2:Conviction|Exchange)
WHERE n1.role IN [$p1] | {id: n2.id, lo: n2.date_lo, hi: n2.date_hi, before: [(n2)-[:FOLLOWS]->(n3:Event) | n3.id], s0: n2:Conviction AND n2.announced = $p2, s1: n2:Exchange AND n2.announced = $p3}]]
WHERE any(n5 IN n4
WHERE n5.s0 AND any(n6 IN n4
WHERE n6.s1 AND NOT n6.id IN n5.before AND (n5.hi < n6.lo OR n5.id IN n6.before)))))
RETURN n0 },
COUNT {
MATCH (n7:Group)
WHERE (n7.category IN $p4 AND
EXISTS { (n7)-[:TOOK_PART {role: $p5}]->(:Conviction) } AND
EXISTS { (n7)-[:TOOK_PART {role: $p5}]->(:Exchange) } AND any(n11 IN [[(n7)-[n8:TOOK_PART]->(n9:Conviction|Exchange)
WHERE n8.role IN [$p5] | {id: n9.id, lo: n9.date_lo, hi: n9.date_hi, before: [(n9)-[:FOLLOWS]->(n10:Event) | n10.id], s0: n9:Conviction AND n9.announced = $p6, s1: n9:Exchange AND n9.announced = $p7}]]
WHERE any(n12 IN n11
WHERE n12.s0 AND any(n13 IN n11
WHERE n13.s1 AND NOT n13.id IN n12.before AND (n12.hi < n13.lo OR n12.id IN n13.before)))))
RETURN n7 }] AS row
