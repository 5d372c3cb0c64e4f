RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Person {id: n2})
RETURN [[COLLECT {
MATCH (n0)-[n4:TOOK_PART {role: $p1}]->(n3:Event)
WHERE n3.announced = $p2
WITH DISTINCT n3, n4 {.position} AS n4 ORDER BY n4.position, n3.id LIMIT $p3
RETURN [CASE WHEN n3.title IS NULL THEN
COLLECT {
MATCH (n5)-[n6:TOOK_PART]->(n3)
WHERE n6.role IN $p4
RETURN [n5.name, n5:Group, n6.role] ORDER BY n6.role DESC, n5.id LIMIT 3 } END,
COLLECT {
MATCH (n7:Claim {subject: n3.id})-[n8:CITES]->(n9:Source) USING INDEX SEEK n7:Claim(subject)
OPTIONAL
MATCH (n7)-[:SAID_BY]->(n11:Actor)
WITH DISTINCT n9, n8 {.at, .quote, .quote_language, .note} AS n10, n11 ORDER BY n9.known_from, n9.id, n10.`at`, n10.quote, n10.quote_language, n10.note, n11.id LIMIT $p5
RETURN [CASE WHEN n9 IS NULL THEN [] ELSE [[n9.title]] END, n10.`at`] }, n3.date, n3.id, n3.kind, n3.title] }, null], n0.name] LIMIT 1 } AS row
