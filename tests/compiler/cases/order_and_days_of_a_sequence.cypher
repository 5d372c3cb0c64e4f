RETURN [COLLECT {
MATCH (n0:Person)
WHERE n0.id > $p3 AND
EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Conviction) } AND
EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Exchange) }
CALL (n0) {
WITH [(n0)-[n1:TOOK_PART]->(n2:Conviction|Exchange)
WHERE n1.role IN [$p0] | {record: n2, part: n1.modality, id: n2.id, lo: n2.date_lo, hi: n2.date_hi, before: [(n2)-[:FOLLOWS]->(n3:Event) | n3.id], s0: n2:Conviction AND n2.announced = $p1, s1: n2:Exchange AND n2.announced = $p2}] AS n4
UNWIND [n5 IN n4
WHERE n5.s0] AS n6
UNWIND [n5 IN n4
WHERE n5.s1] AS n7
WITH n4, n6, n7
WHERE NOT n7.id IN n6.before AND (n6.lo < n7.hi OR n6.id IN n7.before)
WITH n6, n7, (n6.hi < n7.lo OR n6.id IN n7.before) AS sure ORDER BY sure DESC, CASE WHEN n6.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n7.record.date IS NULL THEN 1 ELSE 0 END, n6.lo, n7.lo, n6.id, n7.id LIMIT 1
RETURN 1 AS chains, [n6.record, n7.record, sure, n6.part, n7.part] AS best }
WITH n0, chains, best
WHERE chains > 0 ORDER BY n0.id LIMIT $p4
WITH n0, chains, best[0] AS n8, best[1] AS n9, best[2] AS sure, best[3] AS n10, best[4] AS n11
RETURN [[n0.id, n0.`type`], [chains, sure, [[], []], [[n8.kind, n8.date, n8.shown_lo, n8.shown_hi, n8.stated_lo, n8.stated_hi, n8.known, n8.modality, n10, n8.date_modality, 'date' IN n8.disputed], [n9.kind, n9.date, n9.shown_lo, n9.shown_hi, n9.stated_lo, n9.stated_hi, n9.known, n9.modality, n11, n9.date_modality, 'date' IN n9.disputed]], [head([(n9)-[follows:FOLLOWS]->(n8) | follows.modality])]]] }, null, null, head(COLLECT {
MATCH (n12:Person)
WHERE
EXISTS { (n12)-[:TOOK_PART {role: $p5}]->(:Conviction) } AND
EXISTS { (n12)-[:TOOK_PART {role: $p5}]->(:Exchange) }
CALL (n12) {
WITH [(n12)-[n15:TOOK_PART]->(n16:Conviction|Exchange)
WHERE n15.role IN [$p5] | {record: n16, part: n15.modality, id: n16.id, lo: n16.date_lo, hi: n16.date_hi, before: [(n16)-[:FOLLOWS]->(n17:Event) | n17.id], s0: n16:Conviction AND n16.announced = $p6, s1: n16:Exchange AND n16.announced = $p7}] AS n18
UNWIND [n19 IN n18
WHERE n19.s0] AS n20
UNWIND [n19 IN n18
WHERE n19.s1] AS n21
WITH n18, n20, n21
WHERE NOT n21.id IN n20.before AND (n20.lo < n21.hi OR n20.id IN n21.before)
WITH n20, n21, (n20.hi < n21.lo OR n20.id IN n21.before) AS sure ORDER BY sure DESC, CASE WHEN n20.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n21.record.date IS NULL THEN 1 ELSE 0 END, n20.lo, n21.lo, n20.id, n21.id LIMIT 1
RETURN 1 AS chains, [n20.record, n21.record, sure] AS best }
WITH best[0] AS n13, best[1] AS n14
WITH CASE WHEN n13.shown_lo > $p8 AND n13.shown_hi < $p9 AND n14.shown_lo > $p8 AND n14.shown_hi < $p9 THEN reduce(most = 0, one IN [n14.shown_lo - n13.shown_hi] | CASE WHEN one > most THEN one ELSE most END) END AS least, reduce(most = 0, one IN [n14.shown_hi - n13.shown_lo] | CASE WHEN one > most THEN one ELSE most END) AS days
WITH least, CASE WHEN least IS NOT NULL THEN days END AS most
RETURN [count(least), count(*) - count(least), percentileDisc(least, 0.25), percentileDisc(most, 0.25), percentileDisc(least, 0.5), percentileDisc(most, 0.5), percentileDisc(least, 0.75), percentileDisc(most, 0.75)] })] AS row
