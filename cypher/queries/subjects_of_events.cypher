// subjects_of_events(ids) -> [id]
// The people and groups that took part in these events, in any role.
UNWIND $ids AS id
MATCH (:Record {id: id})<-[:TOOK_PART]-(s:Person|Group)
RETURN DISTINCT s.id AS id
