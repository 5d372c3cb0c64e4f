// upsert_records(rows) -> [count]
// Stores the nodes of records; a row is {id, labels, properties}.
UNWIND $rows AS row
MERGE (n:Record {id: row.id})
WITH n, row, [label IN labels(n) WHERE NOT label IN row.labels] AS old
REMOVE n:$(old)
SET n = row.properties, n.id = row.id, n:$(row.labels)
RETURN count(n) AS count
