RETURN
COLLECT {
MATCH (n2:Event {id: $p0})<-[n0:TOOK_PART {id: $p1}]-(n1:Record)
RETURN [COLLECT {
MATCH (n3:Claim {subject: n0.id}) USING INDEX SEEK n3:Claim(subject)
UNWIND range(0, size(n3.properties) - 1) AS n4
WITH n3, n4
WITH n3, n4 ORDER BY n3.properties[n4], n3.since, n3.id LIMIT $p2
RETURN [n3.properties[n4], CASE WHEN n0 IS NULL THEN [] ELSE [[n0.id]] END] }, CASE WHEN n2 IS NULL THEN [] ELSE [[n2.id]] END, CASE WHEN n1 IS NULL THEN [] ELSE [[n1.`type`]] END, n0.id, n0.role] LIMIT 1 } AS row
