RETURN
COLLECT {
MATCH (n0:Place {id: $p0})
RETURN [[COLLECT {
MATCH (n0)<-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]-(n1:Event)
WHERE (n1.date_lo >= $p1 AND n1.date_hi <= $p2 AND NOT coalesce(n1.date IS NULL, false) AND n1.announced = $p3)
WITH DISTINCT n1 ORDER BY n1.rank, n1.id LIMIT $p4
RETURN [n1.id] },
COUNT {
MATCH (n0)<-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]-(n2:Event)
WHERE (n2.date_lo >= $p5 AND n2.date_hi <= $p6 AND NOT coalesce(n2.date IS NULL, false) AND n2.announced = $p7)
RETURN DISTINCT n2 }], [COLLECT {
MATCH (n0)<-[:IN|WITHIN*1..8]-(n3:Site)
WITH DISTINCT n3 ORDER BY n3.id LIMIT $p8
RETURN [n3.id] }, null]] LIMIT 1 } AS row
