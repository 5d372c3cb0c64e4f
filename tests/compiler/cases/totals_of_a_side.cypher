RETURN
COLLECT {
MATCH (n0:Exchange {id: $p0})
RETURN [COLLECT {
MATCH (n0)-[n2:SIDE]->(n1:Record)
WITH n1, n2 ORDER BY n1.id LIMIT $p1
RETURN [COLLECT {
MATCH (n0)<-[n4:ABOUT]-(n3:Figure)
WHERE (EXISTS { (n3)-[:FIGURE_SIDE]->(n1) } AND n3.measure = $p2 AND n3.quantity_unit = $p3 AND n3.category IS NULL AND n3.sex IS NULL AND n3.nationality IS NULL AND NOT coalesce(EXISTS {
MATCH (n3)-[n6:TOTAL]->(n5:Figure)-[n8:FIGURE_SIDE]->(n7:Record) }, false) AND
COUNT {
MATCH (n3)-[n10:ABOUT]->(n9:Exchange)
RETURN DISTINCT n9 } = $p4)
WITH n3, n4 ORDER BY n3.id LIMIT $p5
RETURN [n3.quantity] }] }] LIMIT 1 } AS row
