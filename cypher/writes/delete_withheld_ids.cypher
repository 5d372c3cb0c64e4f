// delete_withheld_ids(ids) -> [count]
// Lets these ids be loaded again.
UNWIND $ids AS id
OPTIONAL MATCH (w:Withheld {id: id})
DELETE w
RETURN count(*) AS count
