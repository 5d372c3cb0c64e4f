// upsert_withheld_ids(ids) -> [count]
// Adds the digests of ids that every later load refuses.
UNWIND $ids AS id
MERGE (w:Withheld {id: id})
RETURN count(w) AS count
