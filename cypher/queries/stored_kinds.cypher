// stored_kinds(ids) -> [id, kind]
// The kind of each of these records, as claims name it: person, event/CONVICTION.
UNWIND $ids AS id
MATCH (n:Record {id: id})
CALL (n) { MATCH (c:Claim {subject: n.id}) RETURN c.kind AS kind LIMIT 1 }
RETURN n.id AS id, kind
