// named_subjects(ids) -> [event, people]
// Of each event with several people as subjects, its id, and their ids and names.
UNWIND $ids AS id
MATCH (e:Event {id: id})
WITH e, COLLECT { MATCH (e)<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person) RETURN [p.id, p.name] ORDER BY p.id } AS people
WHERE size(people) > 1
RETURN e.id AS event, people
