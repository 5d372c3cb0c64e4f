// events_of_people(ids) -> [event]
// The events of which these people are subjects.
UNWIND $ids AS id
MATCH (:Person {id: id})-[:TOOK_PART {role: 'SUBJECT'}]->(e:Event)
RETURN DISTINCT e.id AS event
