// delete_differences(ids) -> [count]
// Takes away the differences on these records.
UNWIND $ids AS id
MATCH (n:Record {id: id})
CALL (n) { OPTIONAL MATCH (n)<-[:DIFFERS_ON]-(d:Difference) WHERE d.event IS NULL DETACH DELETE d }
RETURN count(*) AS count
