RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Person {id: n2})
RETURN [COLLECT {
MATCH (n3:Claim {subject: n0.id}) USING INDEX SEEK n3:Claim(subject)
UNWIND range(0, size(n3.properties) - 1) AS n4
WITH n3, n4
WHERE n3.properties[n4] = $p1
WITH n3, n4 ORDER BY n3.properties[n4], n3.since, n3.id LIMIT $p2
RETURN [n3.id + '.' + n3.properties[n4], n3.preferred[n4], n3.values[n4],
COLLECT {
MATCH (n3)-[n5:CITES]->(n6:Source)
OPTIONAL
MATCH (n3)-[:SAID_BY]->(n8:Actor)
WITH DISTINCT n6, n5 {.at, .quote, .quote_language, .note} AS n7, n8 ORDER BY n6.known_from, n6.id, n7.`at`, n7.quote, n7.quote_language, n7.note, n8.id LIMIT $p3
RETURN [CASE WHEN n6 IS NULL THEN [] ELSE [[n6.id]] END, CASE WHEN n8 IS NULL THEN [] ELSE [[n8.id]] END] }, CASE WHEN n0 IS NULL THEN [] ELSE [[n0.id]] END,
COLLECT {
MATCH (n3)-[n10:NAMES]->(n9:Record)
WHERE n10.property = n3.properties[n4] AND n3.values[n4] = '"' + n9.id + '"'
RETURN [n9.id] LIMIT 1 },
COLLECT {
MATCH (n3)-[:SAID_BY]->(n11:Actor)
RETURN [n11.id] LIMIT 1 }] }] LIMIT 1 } AS row
