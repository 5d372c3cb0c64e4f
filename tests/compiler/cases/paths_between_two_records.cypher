RETURN [COLLECT {
MATCH (n0:Record {id: $p1}), (n1:Record {id: $p2})
WHERE n0 <> n1
MATCH n2 = allShortestPaths((n0)-[:TOOK_PART|AT|FROM_SITE|TO_SITE|PART_OF|ABOUT|COURT|AUTHORITY|TRIAL|OUTCOME|OF|AGREEMENT*..3]-(n1))
WHERE all(n3 IN nodes(n2)[1..-1]
WHERE (n3:Person OR n3:Site OR (n3:Event AND n3.is_large IS NULL AND NOT n3.announced) OR (n3:Organization AND NOT n3.kind IN $p0)))
WITH n2 LIMIT $p3
WITH [n4 IN nodes(n2) | n4.id] AS n5, head(collect(n2)) AS n2
WITH {id: reduce(n7 = '', n6 IN n5 | n7 + '/' + n6), ids: n5, length: length(n2), path: n2} AS n8
WITH n8 ORDER BY n8.id LIMIT $p4
RETURN [[[n9 IN nodes(n8.path) | [coalesce(n9.title, n9.name), n9.kind, n9.date]], [n10 IN relationships(n8.path) | [type(n10), n10.role]]],
COLLECT {
UNWIND range(0, size(n8.ids) - 1) AS n12
MATCH (n11:Record {id: n8.ids[n12]})
WITH n11, n12 ORDER BY n12 LIMIT $p5
RETURN [CASE WHEN n11.title IS NULL THEN
COLLECT {
MATCH (n13)-[:TOOK_PART {role: $p6}]->(n11)
RETURN n13.name ORDER BY n13.id LIMIT 3 } END, n11.id, n11.kind, n11.measure, n11.name, n11.quantity, n11.title, n11.`type`] },
COLLECT {
UNWIND relationships(n8.path) AS n14
WITH n14, startNode(n14) AS n15, endNode(n14) AS n16
UNWIND CASE WHEN type(n14) = 'TOOK_PART' THEN CASE WHEN n14.role = $p7 AND
COUNT { (n16)<-[:TOOK_PART {role: $p7}]-() } = 1 THEN [n14.id, n16.id] ELSE [n14.id] END ELSE [n15.id] END AS n17
MATCH (n18:Claim {subject: n17})-[n19:CITES]->(n20:Source) USING INDEX SEEK n18:Claim(subject)
WHERE type(n14) = 'TOOK_PART' OR
EXISTS { (n18)-[:NAMES]->(n16) }
OPTIONAL
MATCH (n18)-[:SAID_BY]->(n22:Actor)
WITH DISTINCT n20, n19 {.at, .quote, .quote_language, .note} AS n21, n22 ORDER BY n20.known_from, n20.id, n21.`at`, n21.quote, n21.quote_language, n21.note, n22.id LIMIT $p8
RETURN [CASE WHEN n20 IS NULL THEN [] ELSE [[n20.id]] END, n21.`at`] }, n8.length] },
COUNT {
MATCH (n23:Record {id: $p10}), (n24:Record {id: $p11})
WHERE n23 <> n24
MATCH n25 = allShortestPaths((n23)-[:TOOK_PART|AT|FROM_SITE|TO_SITE|PART_OF|ABOUT|COURT|AUTHORITY|TRIAL|OUTCOME|OF|AGREEMENT*..3]-(n24))
WHERE all(n26 IN nodes(n25)[1..-1]
WHERE (n26:Person OR n26:Site OR (n26:Event AND n26.is_large IS NULL AND NOT n26.announced) OR (n26:Organization AND NOT n26.kind IN $p9)))
WITH n25 LIMIT $p12 } < $p13] AS row
