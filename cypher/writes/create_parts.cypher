// create_parts(rows) -> [count]
// Stores the nodes of parts; a row is {id, labels, properties}.
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties, n.id = row.id
RETURN count(n) AS count
