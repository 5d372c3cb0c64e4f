RETURN
COLLECT {
MATCH (n0:Place {id: $p0})
RETURN [[COLLECT {
MATCH (n0)<-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]-(n1:Event)
WHERE (n1.date_lo >= $p1 AND n1.date_hi <= $p2)
WITH DISTINCT n1 ORDER BY n1.day, n1.id LIMIT $p3
RETURN [n1.day, n1.id] },
COUNT {
MATCH (n0)<-[:AT|IN|WITHIN|FROM_SITE|TO_SITE|FROM_PLACE|TO_PLACE*1..8]-(n2:Event)
WHERE (n2.date_lo >= $p4 AND n2.date_hi <= $p5)
RETURN DISTINCT n2 }], [COLLECT {
MATCH (n0)<-[:IN|WITHIN*1..8]-(n3:Site)
WITH DISTINCT n3 ORDER BY n3.id LIMIT $p6
RETURN [n3.id] }, null]] LIMIT 1 } AS row
