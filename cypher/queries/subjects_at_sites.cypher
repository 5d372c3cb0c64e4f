// subjects_at_sites(ids) -> [id]
// The people and groups whose events happened at these sites, or led to or from them.
UNWIND $ids AS id
MATCH (:Site {id: id})<-[:AT|TO_SITE|FROM_SITE]-(:Event)<-[:TOOK_PART {role: 'SUBJECT'}]-(s:Person|Group)
RETURN DISTINCT s.id AS id
