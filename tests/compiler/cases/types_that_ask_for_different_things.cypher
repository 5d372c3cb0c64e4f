RETURN
COLLECT {
MATCH (n0:Event {id: $p0})
RETURN [COLLECT {
MATCH (n0)-[n2:COURT]->(n1:Record)
RETURN [n1.id] LIMIT 1 },
COLLECT {
MATCH (n0)-[n4:COURT]->(n3:Record)
RETURN [n3.name] LIMIT 1 }, n0.id, n0.result, n0.`type`] LIMIT 1 } AS row
