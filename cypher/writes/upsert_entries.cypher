// upsert_entries(rows) -> [count]
// Stores which collection owns seed entries; a row is {id, properties}.
UNWIND $rows AS row
MERGE (e:Entry {id: row.id})
SET e = row.properties, e.id = row.id
RETURN count(e) AS count
