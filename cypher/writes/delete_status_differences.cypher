// delete_status_differences(ids) -> [count]
// Takes away the differences between the last reports of these people.
UNWIND $ids AS id
MATCH (n:Record {id: id})
CALL (n) { OPTIONAL MATCH (n)<-[:DIFFERS_ON]-(d:Difference {kind: 'ORDER'}) DETACH DELETE d }
RETURN count(*) AS count
