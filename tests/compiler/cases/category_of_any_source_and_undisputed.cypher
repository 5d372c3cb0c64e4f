RETURN [COLLECT {
MATCH (n0:Person)
WHERE (EXISTS {
MATCH (n1:Claim {subject: n0.id}) USING INDEX SEEK n1:Claim(subject)
WHERE any(n2 IN range(0, size(n1.properties) - 1)
WHERE n1.properties[n2] = $p0 AND n1.values[n2] IN $p1) } OR (n0.category IN $p2 AND NOT coalesce($p3 IN coalesce(n0.disputed, []), false))) AND n0.id > $p4
WITH n0 ORDER BY n0.id LIMIT $p5
RETURN [n0.id] }, null] AS row
