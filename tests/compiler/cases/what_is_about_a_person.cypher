RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Person {id: n2})
RETURN [[COLLECT {
MATCH (n0)<-[n4:MEMBER]-(n3:Group)
WITH n3, n4 ORDER BY n3.id LIMIT $p1
RETURN [n3.id] }, null], [COLLECT {
MATCH (n0)-[:TOOK_PART|MEMBER*0..1]-(n5:Record)<-[n7:ABOUT]-(n6:Event)
WHERE n6.announced = $p2
WITH DISTINCT n6 ORDER BY n6.rank, n6.id LIMIT $p3
RETURN [n6.id] }, null]] LIMIT 1 } AS row
