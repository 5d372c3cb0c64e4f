// stored_entries(ids) -> [id, entry]
// The collection, file and line of seed entries.
UNWIND $ids AS id
MATCH (e:Entry {id: id})
RETURN e.id AS id, e {.collection, .file, .line} AS entry
