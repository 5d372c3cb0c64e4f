// former_ids(ids) -> [id, record]
// The records that had these ids before.
UNWIND $ids AS id
MATCH (f:FormerId {id: id})
RETURN f.id AS id, f.record AS record
