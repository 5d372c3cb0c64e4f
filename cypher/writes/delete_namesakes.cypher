// delete_namesakes(ids) -> [count]
// Takes away the differences between people of one family name in these events.
UNWIND $ids AS id
CALL (id) { OPTIONAL MATCH (d:Difference {event: id}) DETACH DELETE d }
RETURN count(*) AS count
