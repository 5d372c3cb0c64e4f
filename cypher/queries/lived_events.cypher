// lived_events(ids) -> [id]
// The events of which these people are subjects: what is stated of the people, their birth and death, bounds them.
UNWIND $ids AS id
MATCH (:Person {id: id})-[:TOOK_PART {role: 'SUBJECT'}]->(e:Event)
RETURN DISTINCT e.id AS id
