RETURN [COLLECT {
MATCH (n18:Person)
WHERE n18.id > $p7 AND n18.category IN $p6
CALL (n18) {
MATCH (n18)-[n19:TOOK_PART {role: $p8}]->(n20:Conviction), (n18)-[n21:TOOK_PART {role: $p9}]->(n22:Exchange)
WHERE n20.date_lo <= n22.date_hi
WITH n18, n20, n22, [(n20)-[:FOLLOWS]->(n25:Event) | n25.id] AS n23, [(n22)-[:FOLLOWS]->(n26:Event) | n26.id] AS n24
WHERE NOT n22.id IN n23 AND (n20.date_hi < n22.date_lo OR n20.id IN n24)
WITH n20, n22, (n20.date_hi < n22.date_lo OR n20.id IN n24) AS sure, [n20.id IN n24] AS stated ORDER BY sure DESC, CASE WHEN n20.date IS NULL THEN 1 ELSE 0 END + CASE WHEN n22.date IS NULL THEN 1 ELSE 0 END, n20.date_lo, n22.date_lo, n20.id, n22.id
WITH collect([n20, n22, sure, stated]) AS found
RETURN size(found) AS chains, found[0] AS best }
WITH n18, chains, best
WHERE chains > 0 ORDER BY n18.id LIMIT $p10
WITH n18, chains, best[0] AS n20, best[1] AS n22, best[2] AS sure, best[3] AS stated
RETURN [[n18.id, n18.`type`, n18.id], [chains, sure, [[n20.date, n20.id], [n22.date, n22.id]], [[n20.kind, n20.date, n20.date_lo, n20.date_hi,
COLLECT {
MATCH (c:Claim {subject: n20.id}) USING INDEX SEEK c:Claim(subject)
RETURN DISTINCT c.modality } = ['IMPLIED']], [n22.kind, n22.date, n22.date_lo, n22.date_hi,
COLLECT {
MATCH (c:Claim {subject: n22.id}) USING INDEX SEEK c:Claim(subject)
RETURN DISTINCT c.modality } = ['IMPLIED']]], stated]] },
COUNT {
MATCH (n0:Person)
WHERE n0.category IN $p0 AND
EXISTS {
MATCH (n0)-[n1:TOOK_PART {role: $p1}]->(n2:Conviction), (n0)-[n3:TOOK_PART {role: $p2}]->(n4:Exchange)
WHERE n2.date_lo <= n4.date_hi
WITH n0, n2, n4, [(n2)-[:FOLLOWS]->(n7:Event) | n7.id] AS n5, [(n4)-[:FOLLOWS]->(n8:Event) | n8.id] AS n6
WHERE NOT n4.id IN n5 AND (n2.date_hi < n4.date_lo OR n2.id IN n6) } },
COUNT {
MATCH (n9:Group)
WHERE n9.category IN $p3 AND
EXISTS {
MATCH (n9)-[n10:TOOK_PART {role: $p4}]->(n11:Conviction), (n9)-[n12:TOOK_PART {role: $p5}]->(n13:Exchange)
WHERE n11.date_lo <= n13.date_hi
WITH n9, n11, n13, [(n11)-[:FOLLOWS]->(n16:Event) | n16.id] AS n14, [(n13)-[:FOLLOWS]->(n17:Event) | n17.id] AS n15
WHERE NOT n13.id IN n14 AND (n11.date_hi < n13.date_lo OR n11.id IN n15) } }] AS row
