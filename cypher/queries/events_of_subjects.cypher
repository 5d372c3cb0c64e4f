// events_of_subjects(ids) -> [subject, events]
// The events of these people and groups: id and position of each part, then what decides the order of the event.
UNWIND $ids AS id
MATCH (s:Person|Group {id: id})-[r:TOOK_PART]->(e:Event)
RETURN s.id AS subject,
       collect([r.id, r.position, e.id, e.kind, e.date_lo, e.date_hi, e.date IS NOT NULL, e.shown_hi,
                COLLECT { MATCH (e)-[:FOLLOWS]->(f:Event) RETURN f.id }]) AS events
