RETURN
COLLECT {
MATCH (n0:Person {id: $p0})
RETURN [[COLLECT {
MATCH (n0)-[n2:TOOK_PART {role: $p1}]->(n1:Event)
WHERE n1.announced = $p2
WITH DISTINCT n1, n2 {.position} AS n2 ORDER BY n2.position, n1.id LIMIT $p3
RETURN [CASE WHEN n1.title IS NULL THEN
COLLECT {
MATCH (n3)-[n4:TOOK_PART]->(n1)
WHERE n4.role IN $p4
RETURN [n3.name, n3:Group, n4.role] ORDER BY n4.role DESC, n3.id LIMIT 3 } END,
COLLECT {
MATCH (n5:Claim {subject: n1.id})-[n6:CITES]->(n7:Source) USING INDEX SEEK n5:Claim(subject)
OPTIONAL
MATCH (n5)-[:SAID_BY]->(n9:Actor)
WITH DISTINCT n7, n6 {.at, .quote, .quote_language, .note} AS n8, n9 ORDER BY n7.known_from, n7.id, n8.`at`, n8.quote, n8.quote_language, n8.note, n9.id LIMIT $p5
RETURN [CASE WHEN n7 IS NULL THEN [] ELSE [[n7.title]] END, n8.`at`] }, n1.date, n1.id, n1.kind, n1.title] }, null], n0.name] LIMIT 1 } AS row
