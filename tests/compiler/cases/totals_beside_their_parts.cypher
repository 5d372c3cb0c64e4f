RETURN [COLLECT {
MATCH (n0:Figure)-[n2:ABOUT]->(n1:Record)
WHERE n1.id = $p0
WITH DISTINCT n0
WHERE (EXISTS {
MATCH (n0)-[n4:ABOUT]->(n3:Record)
WHERE n3.id = $p1 } AND n0.measure = $p2) AND n0.id > $p3
WITH n0 ORDER BY n0.id LIMIT $p4
RETURN [[COLLECT {
MATCH (n0)<-[:TOTAL]-(n5:Figure)
WITH n5 ORDER BY n5.quantity_low DESC, n5.id
RETURN [n5.quantity, n5.sex, n5.category] },
COLLECT {
MATCH (n0)-[:ABOUT|INCLUDES]->(n6:Event)<-[:PART_OF*0..2]-(n7:Event)
WHERE NOT n7.announced AND NOT
EXISTS { (n7)<-[:PART_OF]-() } AND (EXISTS { (n6)<-[:PART_OF]-() } OR
COUNT { (n0)-[:ABOUT|INCLUDES]->(:Event) } > 1)
WITH DISTINCT n7 ORDER BY n7.rank, n7.id
RETURN [n7.id, CASE n0.quantity_unit WHEN 'EXCHANGES' THEN null ELSE
COLLECT {
MATCH (n7)<-[:ABOUT]-(n10:Figure)
WHERE n10.measure = n0.measure AND coalesce(n10.category, '') = coalesce(n0.category, '') AND coalesce(n10.sex, '') = coalesce(n0.sex, '') AND coalesce(n10.nationality, '') = coalesce(n0.nationality, '') AND NOT
EXISTS {
MATCH (n10)-[:TOTAL]->(n11)
WHERE coalesce(n11.category, '') = coalesce(n10.category, '') AND coalesce(n11.sex, '') = coalesce(n10.sex, '') AND coalesce(n11.nationality, '') = coalesce(n10.nationality, '') } AND NOT
EXISTS { (n10)-[:EXCLUDES]->() } AND
COUNT { (n10)-[:ABOUT]->(:Event) } = 1 AND
COLLECT {
MATCH (n10)-[:FIGURE_SIDE]->(n12)
RETURN n12.id } =
COLLECT {
MATCH (n0)-[:FIGURE_SIDE]->(n13)
RETURN n13.id }
RETURN n10.quantity } END] AS counted UNION
MATCH (n0)-[:ABOUT]->(n8:Actor)-[:TOOK_PART {role: $p5}]->(n9:Exchange)
WHERE n0.measure = 'mediations' AND NOT n9.announced AND (n0.as_of_hi IS NULL OR n9.date_hi <= n0.as_of_hi) AND NOT
EXISTS { (n9)<-[:PART_OF]-() }
RETURN [n9.id, null] AS counted }, size(COLLECT {
MATCH (n0)-[:ABOUT|INCLUDES]->(:Event)<-[:PART_OF*0..2]-(n14:Event)<-[n15:TOOK_PART {role: $p6}]-(n16:Person)
WHERE NOT n14.announced AND (n15.side IS NULL OR
COLLECT {
MATCH (n0)-[:FIGURE_SIDE]->(n19)
RETURN n19.id } = [] OR n15.side IN
COLLECT {
MATCH (n0)-[:FIGURE_SIDE]->(n19)
RETURN n19.id }) AND (n0.category IS NULL OR n0.category = n16.category) AND (n0.sex IS NULL OR n0.sex = n16.sex)
RETURN n16.id AS id UNION
MATCH (n0)-[:ABOUT|INCLUDES]->(n18:Group)-[:MEMBER]->(n17:Person)
WHERE (n0.category IS NULL OR n0.category = n17.category) AND (n0.sex IS NULL OR n0.sex = n17.sex)
RETURN n17.id AS id })], CASE WHEN n0 IS NULL THEN [] ELSE [[n0.id]] END, n0.parts_complete, n0.quantity] }, null] AS row
