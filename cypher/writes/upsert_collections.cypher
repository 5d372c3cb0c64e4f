// upsert_collections(rows) -> [count]
// Stores what the declarations of collections say; a row is {id, properties}.
UNWIND $rows AS row
MERGE (c:Collection {id: row.id})
SET c = row.properties, c.id = row.id
RETURN count(c) AS count
