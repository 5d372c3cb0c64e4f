RETURN
COLLECT {
MATCH (n0:Exchange {id: $p0})
RETURN [COLLECT {
MATCH (n0)-[n2:SIDE]->(n1:Record)
WITH n1, n2 ORDER BY n1.id LIMIT $p1
RETURN [CASE WHEN n1 IS NULL THEN [] ELSE [[n1.id]] END,
COLLECT {
MATCH (n3:Record {id: n2.`from`})
RETURN [n3.id] LIMIT 1 }, [COLLECT {
MATCH (n0)<-[n5:ABOUT]-(n4:Figure)
WHERE
EXISTS { (n4)-[:FIGURE_SIDE]->(n1) }
WITH n4, n5 ORDER BY n4.id LIMIT $p2
RETURN [n4.id] }, null], [COLLECT {
MATCH (n0)<-[:PART_OF*0..8]-(n6:Event)<-[n8:TOOK_PART {role: $p3}]-(n7:Group)
WHERE n8.side = n1.id
WITH DISTINCT n7 ORDER BY n7.id LIMIT $p4
RETURN [n7.id] }, null], [COLLECT {
MATCH (n0)<-[:PART_OF*0..8]-(n9:Event)<-[n11:TOOK_PART {role: $p5}]-(n10:Person)
WHERE n11.side = n1.id
WITH DISTINCT n10 ORDER BY n10.id LIMIT $p6
RETURN [n10.id] },
COUNT {
MATCH (n0)<-[:PART_OF*0..8]-(n12:Event)<-[n14:TOOK_PART {role: $p7}]-(n13:Person)
WHERE n14.side = n1.id
RETURN DISTINCT n13 }]] }] LIMIT 1 } AS row
