RETURN [COLLECT {
MATCH (n0:Record {id: $p0})-[n3:TOOK_PART*0..1 {role: $p1}]->(n1:Record)<-[:DIFFERS_ON]-(n2:Difference)
WHERE NOT (size(n3) = 1 AND n2.id CONTAINS '/participants/' AND NOT n2.id ENDS
WITH ':' + n3[0].id)
WITH *
WHERE (n2.kind = $p2 AND n2.id > $p3)
WITH n2 ORDER BY n2.kind, n2.id LIMIT $p4
RETURN [COLLECT {
MATCH (n2)-[n4:BETWEEN]->(n5:Claim)-[:CITES]->(n7:Source)
MATCH (n5)-[:ABOUT]->(n6:Record)
OPTIONAL
MATCH (n7)-[:PUBLISHER]->(n8)
OPTIONAL
MATCH (n5)-[:SAID_BY]->(n9)
WITH n4, n5, n6, n7, n8, n9 ORDER BY n5.since, n5.id, n4.index
RETURN [n5.values[n4.index], n5.properties[n4.index], n6.id, coalesce(n6.title, n6.name, n6.kind, n6.measure), coalesce(n8.name, n7.title), n7.published, n9.name, n5.role IS NOT NULL, n5.modality, n5.preferred[n4.index], coalesce(n5.because[n4.index], ''),
COLLECT {
UNWIND split(n5.values[n4.index], '"') AS n10
MATCH (n11:Record {id: n10})
RETURN [n11.id, n11.name, n11.name_uk] }] },
COLLECT {
MATCH (n2)-[n12:BETWEEN]->(n13:Claim)-[:ABOUT]->(n14:Record)
WITH n13, n12.index AS n15, n14 ORDER BY n13.since, n13.id, n15 LIMIT $p5
RETURN [n13.id + '.' + n13.properties[n15], n13.values[n15],
COLLECT {
MATCH (n13)-[n16:CITES]->(n17:Source)
OPTIONAL
MATCH (n13)-[:SAID_BY]->(n19:Actor)
WITH DISTINCT n17, n16 {.at, .quote, .quote_language, .note} AS n18, n19 ORDER BY n17.known_from, n17.id, n18.`at`, n18.quote, n18.quote_language, n18.note, n19.id LIMIT $p6
RETURN [CASE WHEN n17 IS NULL THEN [] ELSE [[n17.id]] END] }, CASE WHEN n14 IS NULL THEN [] ELSE [[n14.id]] END] },
COLLECT {
MATCH (n2)-[n21:DIFFERS_ON]->(n20:Record)
RETURN [n20.id] LIMIT 1 }, n2.id, n2.kind, n2.property] },
COUNT {
MATCH (n22:Record {id: $p7})-[n25:TOOK_PART*0..1 {role: $p8}]->(n23:Record)<-[:DIFFERS_ON]-(n24:Difference)
WHERE NOT (size(n25) = 1 AND n24.id CONTAINS '/participants/' AND NOT n24.id ENDS
WITH ':' + n25[0].id)
WITH *
WHERE (n24.kind = $p9 AND n24.id > $p10) }] AS row
