RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Place {id: n2})
RETURN [[COLLECT {
MATCH (n0)<-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]-(n3:Event)
WHERE (n3.date_lo >= $p1 AND n3.date_hi <= $p2 AND NOT coalesce(n3.date IS NULL, false) AND n3.announced = $p3)
WITH DISTINCT n3 ORDER BY n3.rank, n3.id LIMIT $p4
RETURN [n3.id] },
COUNT {
MATCH (n0)<-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]-(n4:Event)
WHERE (n4.date_lo >= $p5 AND n4.date_hi <= $p6 AND NOT coalesce(n4.date IS NULL, false) AND n4.announced = $p7)
RETURN DISTINCT n4 }], [COLLECT {
MATCH (n0)<-[:IN|WITHIN*1..8]-(n5:Site)
WITH DISTINCT n5 ORDER BY n5.id LIMIT $p8
RETURN [n5.id] }, null]] LIMIT 1 } AS row
