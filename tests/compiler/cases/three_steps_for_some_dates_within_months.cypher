RETURN [COLLECT {
MATCH (n0:Group|Person)
WHERE n0.id > $p0
CALL (n0) {
MATCH (n0)-[n1:TOOK_PART {role: $p1}]->(n2:Detention), (n0)-[n3:TOOK_PART {role: $p3}]->(n4:Conviction), (n0)-[n5:TOOK_PART {role: $p5}]->(n6:Exchange)
WHERE n2.announced = $p2 AND n4.announced = $p4 AND (EXISTS {
MATCH (n6)<-[n8:TOOK_PART {role: $p6}]-(n7:Record)
WHERE n7.id = $p7 } AND n6.announced = $p8) AND n2.date_lo <= n4.date_hi AND n2.date_lo <= n6.date_hi AND n4.date_lo <= n6.date_hi
WITH n0, n2, n4, n6, [(n2)-[:FOLLOWS]->(n12:Event) | n12.id] AS n9, [(n4)-[:FOLLOWS]->(n13:Event) | n13.id] AS n10, [(n6)-[:FOLLOWS]->(n14:Event) | n14.id] AS n11
WHERE NOT n4.id IN n9 AND NOT n6.id IN n9 AND NOT n6.id IN n10
WITH n0, n2, n4, n6, n9, n10, n11, n2.date_lo AS lo, n2.date_hi AS hi
WITH n0, n2, n4, n6, n9, n10, n11, reduce(most = n4.date_lo, one IN [lo + CASE WHEN n2.id IN n10 THEN 0 ELSE 1 END] | CASE WHEN one > most THEN one ELSE most END) AS lo, reduce(least = n4.date_hi, one IN [CASE WHEN hi >= $p11 THEN hi ELSE duration.inDays(date({year: 1970, month: 1, day: 1}), date({year: 1970, month: 1, day: 1}) + duration({days: hi}) + duration({months: $p9, days: $p10})).days END] | CASE WHEN one < least THEN one ELSE least END) AS hi
WHERE lo <= hi
WITH n0, n2, n4, n6, n9, n10, n11, reduce(most = n6.date_lo, one IN [lo + CASE WHEN n4.id IN n11 THEN 0 ELSE 1 END] | CASE WHEN one > most THEN one ELSE most END) AS lo, reduce(least = n6.date_hi, one IN [(hi + $p12)] | CASE WHEN one < least THEN one ELSE least END) AS hi
WHERE lo <= hi
WITH n2, n4, n6, (n2.date_hi < n4.date_lo OR n2.id IN n10) AND CASE WHEN n2.date_lo >= $p15 THEN n2.date_lo ELSE duration.inDays(date({year: 1970, month: 1, day: 1}), date({year: 1970, month: 1, day: 1}) + duration({days: n2.date_lo}) + duration({months: $p13, days: $p14})).days END >= n4.date_hi AND (n4.date_hi < n6.date_lo OR n4.id IN n11) AND (n4.date_lo + $p16) >= n6.date_hi AS sure, [] AS stated ORDER BY sure DESC, CASE WHEN n2.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n4.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n6.date IS NULL THEN 1 ELSE 0 END, n2.date_lo, n4.date_lo, n6.date_lo, n2.id, n4.id, n6.id
WITH collect([n2, n4, n6, sure, stated]) AS found
RETURN size(found) AS chains, found[0] AS best }
WITH n0, chains, best
WHERE chains > 0 ORDER BY n0.id LIMIT $p17
WITH n0, chains, best[0] AS n2, best[1] AS n4, best[2] AS n6, best[3] AS sure, best[4] AS stated
RETURN [[n0.id, n0.`type`, n0.`type`], [chains, sure, [[], [], []], [], stated]] }, null, null] AS row
