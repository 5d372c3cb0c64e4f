// records_citing(ids) -> [id]
// The records that cite these sources, or sources that repeat them.
UNWIND $ids AS id
MATCH (:Source {id: id})<-[:DERIVED_FROM*0..20]-(s:Source)<-[:CITES]-(n:Record)
RETURN DISTINCT n.id AS id
