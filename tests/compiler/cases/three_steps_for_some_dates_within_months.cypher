RETURN [COLLECT {
MATCH (n0:Group|Person)
WHERE n0.id > $p14 AND
EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Detention) } AND
EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Conviction) } AND
EXISTS { (n0)-[:TOOK_PART {role: $p0}]->(:Exchange) }
CALL (n0) {
WITH [(n0)-[n1:TOOK_PART]->(n2:Conviction|Detention|Exchange)
WHERE n1.role IN [$p0] | {record: n2, part: n1.modality, id: n2.id, lo: n2.date_lo, hi: n2.date_hi, before: [(n2)-[:FOLLOWS]->(n3:Event) | n3.id], s0: n2:Detention AND n2.announced = $p1, s1: n2:Conviction AND n2.announced = $p2, s2: n2:Exchange AND (EXISTS {
MATCH (n2)<-[n5:TOOK_PART {role: $p3}]-(n4:Record)
WHERE n4.id = $p4 } AND n2.announced = $p5)}] AS n6
UNWIND [n7 IN n6
WHERE n7.s0] AS n8
UNWIND [n7 IN n6
WHERE n7.s1] AS n9
WITH n6, n8, n9, {lo: reduce(most = n9.lo, one IN [n8.lo + CASE WHEN n8.id IN n9.before THEN 0 ELSE 1 END] | CASE WHEN one > most THEN one ELSE most END), hi: reduce(least = n9.hi, one IN [CASE WHEN n8.hi >= $p8 THEN n8.hi ELSE duration.inDays(date({year: 1970, month: 1, day: 1}), date({year: 1970, month: 1, day: 1}) + duration({days: n8.hi}) + duration({months: $p6, days: $p7})).days END] | CASE WHEN one < least THEN one ELSE least END)} AS n11
WITH n6, n8, n9, n11
WHERE n11.lo <= n11.hi AND NOT n9.id IN n8.before
UNWIND [n7 IN n6
WHERE n7.s2] AS n10
WITH n6, n8, n9, n11, n10, {lo: reduce(most = n10.lo, one IN [n11.lo + CASE WHEN n9.id IN n10.before THEN 0 ELSE 1 END] | CASE WHEN one > most THEN one ELSE most END), hi: reduce(least = n10.hi, one IN [(n11.hi + $p9)] | CASE WHEN one < least THEN one ELSE least END)} AS n12
WITH n6, n8, n9, n11, n10, n12
WHERE n12.lo <= n12.hi AND NOT n10.id IN n8.before AND NOT n10.id IN n9.before
WITH n8, n9, n10, (n8.hi < n9.lo OR n8.id IN n9.before) AND CASE WHEN n8.lo >= $p12 THEN n8.lo ELSE duration.inDays(date({year: 1970, month: 1, day: 1}), date({year: 1970, month: 1, day: 1}) + duration({days: n8.lo}) + duration({months: $p10, days: $p11})).days END >= n9.hi AND (n9.hi < n10.lo OR n9.id IN n10.before) AND (n9.lo + $p13) >= n10.hi AS sure ORDER BY sure DESC, CASE WHEN n8.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n9.record.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n10.record.date IS NULL THEN 1 ELSE 0 END, n8.lo, n9.lo, n10.lo, n8.id, n9.id, n10.id
WITH collect([n8.record, n9.record, n10.record, sure]) AS found
RETURN size(found) AS chains, found[0] AS best }
WITH n0, chains, best
WHERE chains > 0 ORDER BY n0.id LIMIT $p15
WITH n0, chains, best[0] AS n13, best[1] AS n14, best[2] AS n15, best[3] AS sure
RETURN [[n0.id, n0.`type`, n0.`type`], [chains, sure, [[], [], []], [], []]] }, null, null] AS row
