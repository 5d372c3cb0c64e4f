// fingerprints(ids) -> [id, hash]
// What was last stored of these records.
UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN n.id AS id, n.hash AS hash
