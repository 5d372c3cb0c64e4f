RETURN [COLLECT {
MATCH (n0:Figure)-[n2:ABOUT]->(n1:Record)
WHERE n1.id = $p0
WITH DISTINCT n0
WHERE (n0.measure = $p1) AND n0.id > $p2
WITH n0 ORDER BY n0.id LIMIT $p3
RETURN [[COLLECT {
MATCH (n0)<-[:TOTAL]-(n3:Figure)
WITH n3 ORDER BY n3.quantity_low DESC, n3.id
RETURN [n3.quantity, n3.sex, n3.category] },
COLLECT {
MATCH (n0)-[:ABOUT|INCLUDES]->(n4:Event)<-[:PART_OF*0..2]-(n5:Event)
WHERE NOT n5.announced AND NOT
EXISTS { (n5)<-[:PART_OF]-() } AND (EXISTS { (n4)<-[:PART_OF]-() } OR
COUNT { (n0)-[:ABOUT|INCLUDES]->(:Event) } > 1)
WITH DISTINCT n5 ORDER BY n5.rank, n5.id
RETURN [n5.id, CASE n0.quantity_unit WHEN 'EXCHANGES' THEN null ELSE
COLLECT {
MATCH (n5)<-[:ABOUT]-(n8:Figure)
WHERE n8.measure = n0.measure AND coalesce(n8.category, '') = coalesce(n0.category, '') AND coalesce(n8.sex, '') = coalesce(n0.sex, '') AND coalesce(n8.nationality, '') = coalesce(n0.nationality, '') AND NOT
EXISTS {
MATCH (n8)-[:TOTAL]->(n9)
WHERE coalesce(n9.category, '') = coalesce(n8.category, '') AND coalesce(n9.sex, '') = coalesce(n8.sex, '') AND coalesce(n9.nationality, '') = coalesce(n8.nationality, '') } AND NOT
EXISTS { (n8)-[:EXCLUDES]->() } AND
COUNT { (n8)-[:ABOUT]->(:Event) } = 1 AND
COLLECT {
MATCH (n8)-[:FIGURE_SIDE]->(n10)
RETURN n10.id } =
COLLECT {
MATCH (n0)-[:FIGURE_SIDE]->(n11)
RETURN n11.id }
RETURN n8.quantity } END] AS counted UNION
MATCH (n0)-[:ABOUT]->(n6:Actor)-[:TOOK_PART {role: $p4}]->(n7:Exchange)
WHERE n0.measure = 'mediations' AND NOT n7.announced AND (n0.as_of_hi IS NULL OR n7.date_hi <= n0.as_of_hi) AND NOT
EXISTS { (n7)<-[:PART_OF]-() }
RETURN [n7.id, null] AS counted }, size(COLLECT {
MATCH (n0)-[:ABOUT|INCLUDES]->(:Event)<-[:PART_OF*0..2]-(n12:Event)<-[n13:TOOK_PART {role: $p5}]-(n14:Person)
WHERE NOT n12.announced AND (n13.side IS NULL OR
COLLECT {
MATCH (n0)-[:FIGURE_SIDE]->(n17)
RETURN n17.id } = [] OR n13.side IN
COLLECT {
MATCH (n0)-[:FIGURE_SIDE]->(n17)
RETURN n17.id }) AND (n0.category IS NULL OR n0.category = n14.category) AND (n0.sex IS NULL OR n0.sex = n14.sex)
RETURN n14.id AS id UNION
MATCH (n0)-[:ABOUT|INCLUDES]->(n16:Group)-[:MEMBER]->(n15:Person)
WHERE (n0.category IS NULL OR n0.category = n15.category) AND (n0.sex IS NULL OR n0.sex = n15.sex)
RETURN n15.id AS id })], CASE WHEN n0 IS NULL THEN [] ELSE [[n0.id]] END, n0.parts_complete, n0.quantity] }, null] AS row
