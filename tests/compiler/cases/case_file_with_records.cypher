RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Person {id: n2})
RETURN [n0.id, CASE WHEN n0 IS NULL THEN [] ELSE [[n0.name]] END,
COLLECT {
MATCH (n0)-[n4:TOOK_PART]->(n3:Event)
WITH DISTINCT n3 ORDER BY n3.id LIMIT $p1
RETURN [n3.id] },
COLLECT {
MATCH (n0)-[:TOOK_PART*0..1]->(n5:Record)<-[n7:ABOUT]-(n6:Claim)-[n9:SAID_BY]->(n8:Actor)
WITH DISTINCT n8 ORDER BY n8.id LIMIT $p2
RETURN [n8.name, n8.id] },
COLLECT {
MATCH (n0)-[:TOOK_PART*0..1]->(n10:Record)-[n12:CITES]->(n11:Source)
WITH DISTINCT n11 ORDER BY n11.id LIMIT $p3
RETURN [n11.title, n11.id] }] LIMIT 1 } AS row
