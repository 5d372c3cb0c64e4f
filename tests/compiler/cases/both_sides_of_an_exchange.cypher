RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Exchange {id: n2})
RETURN [COLLECT {
MATCH (n0)-[n4:SIDE]->(n3:Record)
WITH n3, n4 ORDER BY n3.id LIMIT $p1
RETURN [CASE WHEN n3 IS NULL THEN [] ELSE [[n3.id]] END,
COLLECT {
MATCH (n5:Record {id: n4.`from`})
RETURN [n5.id] LIMIT 1 }, [COLLECT {
MATCH (n0)<-[n7:ABOUT]-(n6:Figure)
WHERE
EXISTS { (n6)-[:FIGURE_SIDE]->(n3) }
WITH n6, n7 ORDER BY n6.id LIMIT $p2
RETURN [n6.id] }, null], [COLLECT {
MATCH (n0)<-[:PART_OF*0..8]-(n8:Event)<-[n10:TOOK_PART {role: $p3}]-(n9:Group)
WHERE n10.side = n3.id
WITH DISTINCT n9 ORDER BY n9.id LIMIT $p4
RETURN [n9.id] }, null], [COLLECT {
MATCH (n0)<-[:PART_OF*0..8]-(n11:Event)<-[n13:TOOK_PART {role: $p5}]-(n12:Person)
WHERE n13.side = n3.id
WITH DISTINCT n12 ORDER BY n12.id LIMIT $p6
RETURN [n12.id] },
COUNT {
MATCH (n0)<-[:PART_OF*0..8]-(n14:Event)<-[n16:TOOK_PART {role: $p7}]-(n15:Person)
WHERE n16.side = n3.id
RETURN DISTINCT n15 }]] }] LIMIT 1 } AS row
