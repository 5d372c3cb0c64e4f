// adjacent_events(ids) -> [id]
// The events next to these in a stated order, before or after.
UNWIND $ids AS id
MATCH (:Record {id: id})-[:FOLLOWS]-(e:Event)
RETURN DISTINCT e.id AS id
