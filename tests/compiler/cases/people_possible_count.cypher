RETURN [COLLECT {
MATCH (n0:Person)
WHERE n0.category IN $p0 AND n0.id > $p1
WITH n0 ORDER BY n0.id LIMIT $p2
RETURN [n0.id, n0.merged_from] },
COUNT {
MATCH (n3:Person)
WHERE n3.category IN $p4 }, [COUNT {
MATCH (n1:Person)
WHERE n1.category IN $p3
RETURN DISTINCT head(COLLECT {
MATCH (n1)-[:MAYBE_SAME*0..7]-(n2:Person)
RETURN n2.id ORDER BY n2.id LIMIT 1 }) AS person },
COUNT {
MATCH (n1:Person)
WHERE n1.category IN $p3
RETURN DISTINCT n1 }]] AS row
