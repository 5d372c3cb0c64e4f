RETURN
COLLECT {
MATCH (n0:Person {id: $p0})
RETURN [[COLLECT {
MATCH (n0)-[n2:TOOK_PART {role: $p1}]->(n1:Event)
WHERE n1.announced = $p2
WITH DISTINCT n1, n2 {.position} AS n2 ORDER BY n2.position, n1.id LIMIT $p3
RETURN [CASE WHEN n1.title IS NULL THEN
COLLECT {
MATCH (n3)-[:TOOK_PART {role: $p4}]->(n1)
RETURN n3.name ORDER BY n3.id LIMIT 3 } END,
COLLECT {
MATCH (n4:Claim {subject: n1.id})-[n5:CITES]->(n6:Source) USING INDEX SEEK n4:Claim(subject)
OPTIONAL
MATCH (n4)-[:SAID_BY]->(n8:Actor)
WITH DISTINCT n6, n5 {.at, .quote, .quote_language, .note} AS n7, n8 ORDER BY n6.known_from, n6.id, n7.`at`, n7.quote, n7.quote_language, n7.note, n8.id LIMIT $p5
RETURN [CASE WHEN n6 IS NULL THEN [] ELSE [[n6.title]] END, n7.`at`] }, n1.date, n1.id, n1.kind, n1.title] }, null], n0.name] LIMIT 1 } AS row
