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
RETURN [n4.values[n3.index], n4.properties[n3.index], n5.id, coalesce(n5.title, n5.name, n5.kind, n5.measure), coalesce(n7.name, n6.title), n6.published, n8.name, n4.role IS NOT NULL, n4.modality, n4.preferred[n3.index], coalesce(n4.because[n3.index], '')] },
COLLECT {
MATCH (n2)-[n9:BETWEEN]->(n10:Claim)-[:ABOUT]->(n11:Record)
WITH n10, n9.index AS n12, n11 ORDER BY n10.since, n10.id, n12 LIMIT $p5
RETURN [n10.id + '.' + n10.properties[n12], n10.values[n12],
COLLECT {
MATCH (n10)-[n13:CITES]->(n14:Source)
OPTIONAL
MATCH (n10)-[:SAID_BY]->(n16:Actor)
WITH DISTINCT n14, n13 {.at, .quote, .quote_language, .note} AS n15, n16 ORDER BY n14.known_from, n14.id, n15.`at`, n15.quote, n15.quote_language, n15.note, n16.id LIMIT $p6
RETURN [CASE WHEN n14 IS NULL THEN [] ELSE [[n14.id]] END] }, CASE WHEN n11 IS NULL THEN [] ELSE [[n11.id]] END] },
COLLECT {
MATCH (n2)-[n18:DIFFERS_ON]->(n17:Record)
RETURN [n17.id] LIMIT 1 }, n2.id, n2.kind, n2.property] },
COUNT {
MATCH (n19:Record {id: $p7})-[:TOOK_PART*0..1 {role: $p8}]->(n20:Record)<-[:DIFFERS_ON]-(n21:Difference)
WHERE (n21.kind = $p9 AND n21.id > $p10) }] AS row
