// entries_of_collections(ids) -> [id, collection]
// The seed entries that these collections own.
UNWIND $ids AS id
MATCH (e:Entry {collection: id})
RETURN e.id AS id, e.collection AS collection
