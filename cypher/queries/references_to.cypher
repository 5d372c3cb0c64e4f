// references_to(ids) -> [unit, id]
// The seed entries whose claims are about these records, name them in a value, cite them, or let them speak.
UNWIND $ids AS id
MATCH (:Record {id: id})<-[:ABOUT|NAMES|CITES|SAID_BY]-(c:Claim)
RETURN DISTINCT c.unit AS unit, id
