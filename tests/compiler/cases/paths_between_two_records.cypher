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
MATCH (n13)-[n14:TOOK_PART]->(n11)
WHERE n14.role IN $p6
RETURN [n13.name, n13:Group, n14.role] ORDER BY n14.role DESC, n13.id LIMIT 3 } END, n11.date, n11.id, n11.kind, n11.measure, n11.name, n11.quantity, n11.title, n11.`type`] },
COLLECT {
UNWIND relationships(n8.path) AS n15
WITH n15, startNode(n15) AS n16, endNode(n15) AS n17
UNWIND CASE WHEN type(n15) = 'TOOK_PART' THEN CASE WHEN n15.role = $p7 AND
COUNT { (n17)<-[:TOOK_PART {role: $p7}]-() } = 1 THEN [n15.id, n17.id] ELSE [n15.id] END ELSE [n16.id] END AS n18
MATCH (n19:Claim {subject: n18})-[n20:CITES]->(n21:Source) USING INDEX SEEK n19:Claim(subject)
WHERE type(n15) = 'TOOK_PART' OR
EXISTS { (n19)-[:NAMES]->(n17) }
OPTIONAL
MATCH (n19)-[:SAID_BY]->(n23:Actor)
WITH DISTINCT n21, n20 {.at, .quote, .quote_language, .note} AS n22, n23 ORDER BY n21.known_from, n21.id, n22.`at`, n22.quote, n22.quote_language, n22.note, n23.id LIMIT $p8
RETURN [CASE WHEN n21 IS NULL THEN [] ELSE [[n21.id]] END, n22.`at`] }, n8.length] },
COUNT {
MATCH (n24:Record {id: $p10}), (n25:Record {id: $p11})
WHERE n24 <> n25
MATCH n26 = allShortestPaths((n24)-[:TOOK_PART|AT|FROM_SITE|TO_SITE|PART_OF|ABOUT|COURT|AUTHORITY|TRIAL|OUTCOME|OF|AGREEMENT*..3]-(n25))
WHERE all(n27 IN nodes(n26)[1..-1]
WHERE (n27:Person OR n27:Site OR (n27:Event AND n27.is_large IS NULL AND NOT n27.announced) OR (n27:Organization AND NOT n27.kind IN $p9)))
WITH n26 LIMIT $p12 } < $p13] AS row
