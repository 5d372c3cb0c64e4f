// write_former_ids(ids) -> [count]
// Stores the former ids of these records, as nodes that lead to their present ones, in place of those that were stored.
UNWIND $ids AS id
CALL (id) { OPTIONAL MATCH (f:FormerId {record: id}) DETACH DELETE f }
CALL (id) {
  MATCH (n:Record {id: id})
  UNWIND n.merged_from AS former
  MERGE (f:FormerId {id: former})
  SET f.record = id
}
RETURN count(*) AS count
