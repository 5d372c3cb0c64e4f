RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Exchange {id: n2})
RETURN [COLLECT {
MATCH (n0)-[n4:SIDE]->(n3:Record)
WITH n3, n4 ORDER BY n3.id LIMIT $p1
RETURN [COLLECT {
MATCH (n0)<-[n6:ABOUT]-(n5:Figure)
WHERE (EXISTS { (n5)-[:FIGURE_SIDE]->(n3) } AND n5.measure = $p2 AND n5.quantity_unit = $p3 AND n5.category IS NULL AND n5.sex IS NULL AND n5.nationality IS NULL AND NOT coalesce(EXISTS {
MATCH (n5)-[n8:TOTAL]->(n7:Figure)-[n10:FIGURE_SIDE]->(n9:Record) }, false) AND
COUNT {
MATCH (n5)-[n12:ABOUT]->(n11:Exchange)
RETURN DISTINCT n11 } = $p4)
WITH n5, n6 ORDER BY n5.id LIMIT $p5
RETURN [n5.quantity] }] }] LIMIT 1 } AS row
