// create_versions(rows) -> [count]
// Creates versions of nodes; a row is {labels, properties}.
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
RETURN count(n) AS count
