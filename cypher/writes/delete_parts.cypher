// delete_parts(ids) -> [count]
// Takes parts away, whether or not a record leads to them.
UNWIND $ids AS id
MATCH (p:Part {id: id})
DETACH DELETE p
RETURN count(*) AS count
