RETURN
COLLECT {
OPTIONAL
MATCH (n1:FormerId {id: $p0})
WITH coalesce(n1.record, $p0) AS n2
MATCH (n0:Event {id: n2})
RETURN [COLLECT {
MATCH (n0)-[n4:COURT]->(n3:Record)
RETURN [n3.id] LIMIT 1 },
COLLECT {
MATCH (n0)-[n6:COURT]->(n5:Record)
RETURN [n5.name] LIMIT 1 }, n0.id, n0.result, n0.`type`] LIMIT 1 } AS row
