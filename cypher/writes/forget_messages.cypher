// forget_messages(ids) -> [count]
// Takes the messages, the names of files and the decisions away from these loads, since they may name somebody.
UNWIND $ids AS id
MATCH (l:Load {id: id})
SET l.message = null, l.files = [], l.decisions = null
RETURN count(l) AS count
