RETURN
COLLECT {
MATCH (n0:Person {id: $p0})
RETURN [[COLLECT {
MATCH (n0)<-[n2:MEMBER]-(n1:Group)
WITH n1, n2 ORDER BY n1.id LIMIT $p1
RETURN [n1.id] }, null], [COLLECT {
MATCH (n0)-[:TOOK_PART|MEMBER*0..1]-(n3:Record)<-[n5:ABOUT]-(n4:Event)
WHERE n4.announced = $p2
WITH DISTINCT n4 ORDER BY n4.rank, n4.id LIMIT $p3
RETURN [n4.id] }, null]] LIMIT 1 } AS row
