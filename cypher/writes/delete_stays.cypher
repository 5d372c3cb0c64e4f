// delete_stays(ids) -> [count]
// Takes away the stays of these people and groups, and the differences between them.
UNWIND $ids AS id
CALL (id) { OPTIONAL MATCH (s:Stay {subject: id}) DETACH DELETE s }
CALL (id) { OPTIONAL MATCH (:Record {id: id})<-[:DIFFERS_ON]-(d:Difference {kind: 'TWO_PLACES'}) DETACH DELETE d }
RETURN count(*) AS count
