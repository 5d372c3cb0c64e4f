RETURN [COLLECT {
MATCH (n0:Group|Person)-[n2:TOOK_PART {role: $p0}]->(n1:Exchange)
MATCH (n1)<-[n4:TOOK_PART {role: $p1}]-(n3:Record)
WHERE n3.id = $p2
WITH DISTINCT n0
WHERE n0.id > $p17 AND
EXISTS { (n0)-[:TOOK_PART {role: $p3}]->(:Detention) } AND
EXISTS { (n0)-[:TOOK_PART {role: $p3}]->(:Conviction) } AND
EXISTS { (n0)-[:TOOK_PART {role: $p3}]->(:Exchange) }
CALL (n0) {
WITH [(n0)-[n5:TOOK_PART]->(n6:Conviction|Detention|Exchange)
WHERE n5.role IN [$p3] | {record: n6, part: n5.modality, id: n6.id, lo: n6.date_lo, hi: n6.date_hi, before: [(n6)-[:FOLLOWS]->(n7:Event) | n7.id], s0: n6:Detention AND n6.announced = $p4, s1: n6:Conviction AND n6.announced = $p5, s2: n6:Exchange AND (EXISTS {
MATCH (n6)<-[n9:TOOK_PART {role: $p6}]-(n8:Record)
WHERE n8.id = $p7 } AND n6.announced = $p8)}] AS n10
UNWIND [n11 IN n10
WHERE n11.s0] AS n12
UNWIND [n11 IN n10
WHERE n11.s1] AS n13
WITH n10, n12, n13, {lo: reduce(most = n13.lo, one IN [n12.lo + CASE WHEN n12.id IN n13.before THEN 0 ELSE 1 END] | CASE WHEN one > most THEN one ELSE most END), hi: reduce(least = n13.hi, one IN [CASE WHEN n12.hi >= $p11 THEN n12.hi ELSE duration.inDays(date({year: 1970, month: 1, day: 1}), date({year: 1970, month: 1, day: 1}) + duration({days: n12.hi}) + duration({months: $p9, days: $p10})).days END] | CASE WHEN one < least THEN one ELSE least END)} AS n15
WITH n10, n12, n13, n15
WHERE n15.lo <= n15.hi AND NOT n13.id IN n12.before
UNWIND [n11 IN n10
WHERE n11.s2] AS n14
WITH n10, n12, n13, n15, n14, {lo: reduce(most = n14.lo, one IN [n15.lo + CASE WHEN n13.id IN n14.before THEN 0 ELSE 1 END] | CASE WHEN one > most THEN one ELSE most END), hi: reduce(least = n14.hi, one IN [(n15.hi + $p12)] | CASE WHEN one < least THEN one ELSE least END)} AS n16
WITH n10, n12, n13, n15, n14, n16
WHERE n16.lo <= n16.hi AND NOT n14.id IN n12.before AND NOT n14.id IN n13.before
WITH n12, n13, n14, (n12.hi < n13.lo OR n12.id IN n13.before) AND CASE WHEN n12.lo >= $p15 THEN n12.lo ELSE duration.inDays(date({year: 1970, month: 1, day: 1}), date({year: 1970, month: 1, day: 1}) + duration({days: n12.lo}) + duration({months: $p13, days: $p14})).days END >= n13.hi AND (n13.hi < n14.lo OR n13.id IN n14.before) AND (n13.lo + $p16) >= n14.hi AS sure ORDER BY sure DESC, CASE WHEN n12.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n13.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n14.record.date IS NULL THEN 1 ELSE 0 END, n12.lo, n13.lo, n14.lo, n12.id, n13.id, n14.id
WITH collect([n12.record, n13.record, n14.record, sure]) AS found
RETURN size(found) AS chains, found[0] AS best }
WITH n0, chains, best
WHERE chains > 0 ORDER BY n0.id LIMIT $p18
WITH n0, chains, best[0] AS n17, best[1] AS n18, best[2] AS n19, best[3] AS sure
RETURN [[n0.id, n0.`type`, n0.`type`], [chains, sure, [[], [], []], [], []]] }, null, null] AS row
