RETURN
COLLECT {
MATCH (n0:Person {id: $p0})
RETURN [COLLECT {
MATCH (n1:Claim {subject: n0.id}) USING INDEX SEEK n1:Claim(subject)
UNWIND range(0, size(n1.properties) - 1) AS n2
WITH n1, n2
WHERE n1.properties[n2] = $p1
WITH n1, n2 ORDER BY n1.properties[n2], n1.since, n1.id LIMIT $p2
RETURN [n1.id + '.' + n1.properties[n2], n1.preferred[n2], n1.values[n2],
COLLECT {
MATCH (n1)-[n3:CITES]->(n4:Source)
OPTIONAL
MATCH (n1)-[:SAID_BY]->(n6:Actor)
WITH DISTINCT n4, n3 {.at, .quote, .quote_language, .note} AS n5, n6 ORDER BY n4.known_from, n4.id, n5.`at`, n5.quote, n5.quote_language, n5.note, n6.id LIMIT $p3
RETURN [CASE WHEN n4 IS NULL THEN [] ELSE [[n4.id]] END, CASE WHEN n6 IS NULL THEN [] ELSE [[n6.id]] END] }, CASE WHEN n0 IS NULL THEN [] ELSE [[n0.id]] END,
COLLECT {
MATCH (n1)-[n8:NAMES]->(n7:Record)
WHERE n8.property = n1.properties[n2] AND n1.values[n2] = '"' + n7.id + '"'
RETURN [n7.id] LIMIT 1 },
COLLECT {
MATCH (n1)-[:SAID_BY]->(n9:Actor)
RETURN [n9.id] LIMIT 1 }] }] LIMIT 1 } AS row
