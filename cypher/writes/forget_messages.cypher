// forget_messages(ids) -> [count]
// Takes the messages and the names of files away from these loads, since they may name somebody.
UNWIND $ids AS id
MATCH (l:Load {id: id})
SET l.message = null, l.files = []
RETURN count(l) AS count
