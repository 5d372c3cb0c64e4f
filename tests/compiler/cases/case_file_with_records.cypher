RETURN
COLLECT {
MATCH (n0:Person {id: $p0})
RETURN [n0.id, CASE WHEN n0 IS NULL THEN [] ELSE [[n0.name]] END,
COLLECT {
MATCH (n0)-[n2:TOOK_PART]->(n1:Event)
WITH DISTINCT n1 ORDER BY n1.id LIMIT $p1
RETURN [n1.id] },
COLLECT {
MATCH (n0)-[:TOOK_PART*0..1]->(n3:Record)<-[n5:ABOUT]-(n4:Claim)-[n7:SAID_BY]->(n6:Actor)
WITH DISTINCT n6 ORDER BY n6.id LIMIT $p2
RETURN [n6.name, n6.id] },
COLLECT {
MATCH (n0)-[:TOOK_PART*0..1]->(n8:Record)-[n10:CITES]->(n9:Source)
WITH DISTINCT n9 ORDER BY n9.id LIMIT $p3
RETURN [n9.title, n9.id] }] LIMIT 1 } AS row
