RETURN [COLLECT {
MATCH (n0:Record {id: $p0})-[:TOOK_PART*0..1 {role: $p1}]->(n1:Record)<-[:DIFFERS_ON]-(n2:Difference)
WHERE (n2.kind = $p2 AND n2.id > $p3)
WITH n2 ORDER BY n2.kind, n2.id LIMIT $p4
RETURN [COLLECT {
MATCH (n2)-[n3:BETWEEN]->(n4:Claim)-[:CITES]->(n6:Source)
MATCH (n4)-[:ABOUT]->(n5:Record)
OPTIONAL
MATCH (n6)-[:PUBLISHER]->(n7)
OPTIONAL
MATCH (n4)-[:SAID_BY]->(n8)
WITH n3, n4, n5, n6, n7, n8 ORDER BY n4.since, n4.id, n3.index
RETURN [n4.values[n3.index], n4.properties[n3.index], n5.id, coalesce(n5.title, n5.name, n5.kind, n5.measure), coalesce(n7.name, n6.title), n6.published, n8.name, n4.role IS NOT NULL, n4.modality, n4.preferred[n3.index], coalesce(n4.because[n3.index], ''),
COLLECT {
UNWIND split(n4.values[n3.index], '"') AS n9
MATCH (n10:Record {id: n9})
RETURN [n10.id, n10.name, n10.name_uk] }] },
COLLECT {
MATCH (n2)-[n11:BETWEEN]->(n12:Claim)-[:ABOUT]->(n13:Record)
WITH n12, n11.index AS n14, n13 ORDER BY n12.since, n12.id, n14 LIMIT $p5
RETURN [n12.id + '.' + n12.properties[n14], n12.values[n14],
COLLECT {
MATCH (n12)-[n15:CITES]->(n16:Source)
OPTIONAL
MATCH (n12)-[:SAID_BY]->(n18:Actor)
WITH DISTINCT n16, n15 {.at, .quote, .quote_language, .note} AS n17, n18 ORDER BY n16.known_from, n16.id, n17.`at`, n17.quote, n17.quote_language, n17.note, n18.id LIMIT $p6
RETURN [CASE WHEN n16 IS NULL THEN [] ELSE [[n16.id]] END] }, CASE WHEN n13 IS NULL THEN [] ELSE [[n13.id]] END] },
COLLECT {
MATCH (n2)-[n20:DIFFERS_ON]->(n19:Record)
RETURN [n19.id] LIMIT 1 }, n2.id, n2.kind, n2.property] },
COUNT {
MATCH (n21:Record {id: $p7})-[:TOOK_PART*0..1 {role: $p8}]->(n22:Record)<-[:DIFFERS_ON]-(n23:Difference)
WHERE (n23.kind = $p9 AND n23.id > $p10) }] AS row
