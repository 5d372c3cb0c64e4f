// delete_records(ids) -> [count]
// Takes records out with all their claims, parts and differences.
UNWIND $ids AS id
MATCH (n:Record {id: id})
CALL (n) { OPTIONAL MATCH (c:Claim {record: n.id}) DETACH DELETE c }
CALL (n) { OPTIONAL MATCH (n)-->(p:Part) DETACH DELETE p }
CALL (n) { OPTIONAL MATCH (n)<-[:DIFFERS_ON]-(d:Difference) DETACH DELETE d }
DETACH DELETE n
RETURN count(*) AS count
