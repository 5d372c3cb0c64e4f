RETURN [COLLECT {
MATCH (n10:Person)
WHERE n10.id > $p11 AND n10.category IN $p10
CALL (n10) {
MATCH (n10)-[n11:TOOK_PART {role: $p12}]->(n12:Conviction), (n10)-[n13:TOOK_PART {role: $p14}]->(n14:Exchange)
WHERE n12.announced = $p13 AND n14.announced = $p15 AND n12.date_lo <= n14.date_hi
WITH n10, n12, n14
WHERE NOT
EXISTS { (n12)-[:FOLLOWS]->(n14) } AND (n12.date_hi < n14.date_lo OR
EXISTS { (n14)-[:FOLLOWS]->(n12) })
WITH n12, n14, (n12.date_hi < n14.date_lo OR
EXISTS { (n14)-[:FOLLOWS]->(n12) }) AS sure, [head([(n14)-[follows:FOLLOWS]->(n12) | follows.modality])] AS stated ORDER BY sure DESC, CASE WHEN n12.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n14.date IS NULL THEN 1 ELSE 0 END, n12.date_lo, n14.date_lo, n12.id, n14.id
WITH collect([n12, n14, sure, stated]) AS found
RETURN size(found) AS chains, found[0] AS best }
WITH n10, chains, best
WHERE chains > 0 ORDER BY n10.id LIMIT $p16
WITH n10, chains, best[0] AS n12, best[1] AS n14, best[2] AS sure, best[3] AS stated
RETURN [[n10.id, n10.`type`, n10.id], [chains, sure, [[n12.date, n12.id], [n14.date, n14.id]], [[n12.kind, n12.date, n12.date_lo, n12.date_hi,
COLLECT {
MATCH (c:Claim {subject: n12.id}) USING INDEX SEEK c:Claim(subject)
RETURN DISTINCT c.modality } = ['IMPLIED']], [n14.kind, n14.date, n14.date_lo, n14.date_hi,
COLLECT {
MATCH (c:Claim {subject: n14.id}) USING INDEX SEEK c:Claim(subject)
RETURN DISTINCT c.modality } = ['IMPLIED']]], stated]] },
COUNT {
MATCH (n0:Person)
WHERE n0.category IN $p0 AND
EXISTS {
MATCH (n0)-[n1:TOOK_PART {role: $p1}]->(n2:Conviction), (n0)-[n3:TOOK_PART {role: $p3}]->(n4:Exchange)
WHERE n2.announced = $p2 AND n4.announced = $p4 AND n2.date_lo <= n4.date_hi
WITH n0, n2, n4
WHERE NOT
EXISTS { (n2)-[:FOLLOWS]->(n4) } AND (n2.date_hi < n4.date_lo OR
EXISTS { (n4)-[:FOLLOWS]->(n2) }) } },
COUNT {
MATCH (n5:Group)
WHERE n5.category IN $p5 AND
EXISTS {
MATCH (n5)-[n6:TOOK_PART {role: $p6}]->(n7:Conviction), (n5)-[n8:TOOK_PART {role: $p8}]->(n9:Exchange)
WHERE n7.announced = $p7 AND n9.announced = $p9 AND n7.date_lo <= n9.date_hi
WITH n5, n7, n9
WHERE NOT
EXISTS { (n7)-[:FOLLOWS]->(n9) } AND (n7.date_hi < n9.date_lo OR
EXISTS { (n9)-[:FOLLOWS]->(n7) }) } }] AS row
