// delete_records(ids) -> [count]
// Takes records out with all their claims and parts.
UNWIND $ids AS id
MATCH (n:Record {id: id})
CALL (n) { OPTIONAL MATCH (c:Claim {record: n.id}) DETACH DELETE c }
CALL (n) { OPTIONAL MATCH (n)-->(p:Part) DETACH DELETE p }
DETACH DELETE n
RETURN count(*) AS count
