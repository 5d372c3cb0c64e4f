// records_referencing(ids) -> [id]
// The records that name these in a value, cite them, or let them speak.
UNWIND $ids AS id
MATCH (:Record {id: id})<-[:NAMES|CITES|SAID_BY]-(c:Claim)
RETURN DISTINCT c.record AS id
