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
MATCH (n0)-[:TOOK_PART|MEMBER*0..1]-(n8:Record)<-[:ABOUT*0..1]-(n9:Record)-[n11:CITES]->(n10:Source)
WITH DISTINCT n10 ORDER BY n10.id LIMIT $p3
RETURN [n10.title, n10.id] },
COLLECT {
MATCH (n0)-[n13:STAYED]->(n12:Stay)-[n15:STAY_AT]->(n14:Site)<-[n17:STAY_AT]-(n16:Stay)-[n19:RELIES_ON]->(n18:Claim)-[n21:CITES]->(n20:Source)
WITH DISTINCT n20 ORDER BY n20.id LIMIT $p4
RETURN [n20.title, n20.id] },
COLLECT {
MATCH (n0)-[:TOOK_PART*0..1]->(n22:Record)<-[n24:DIFFERS_ON]-(n23:Difference)-[n26:BETWEEN]->(n25:Claim)-[n28:CITES]->(n27:Source)
WITH DISTINCT n27 ORDER BY n27.id LIMIT $p5
RETURN [n27.title, n27.id] }] LIMIT 1 } AS row
