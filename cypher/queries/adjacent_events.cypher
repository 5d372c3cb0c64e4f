// adjacent_events(ids) -> [id]
// What decides bounds of events together with these records.
// Events next to them in a stated order, containing them, or whose terms they take up; people who are subjects of them and have a stated birth or death; of people who
// died, the events that they lived through.
UNWIND $ids AS id
MATCH (n:Record {id: id})
CALL (n) {
  MATCH (n)-[:FOLLOWS|PART_OF|REPLACES]-(e:Event) RETURN e.id AS other
  UNION
  MATCH (n)<-[:TOOK_PART {role: 'SUBJECT'}]-(p:Person)
  WHERE p.born IS NOT NULL OR EXISTS { (p)-[:TOOK_PART {role: 'SUBJECT'}]->(:Death|BodyReturn|Burial) }
  RETURN p.id AS other
  UNION
  MATCH (n:Person)-[:TOOK_PART {role: 'SUBJECT'}]->(e:Event)
  WHERE EXISTS { (n)-[:TOOK_PART {role: 'SUBJECT'}]->(:Death|BodyReturn|Burial) }
  RETURN e.id AS other
}
RETURN DISTINCT other AS id
