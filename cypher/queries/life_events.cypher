// life_events(ids) -> [person, nationalities, events]
// The events of which these people are subjects, with what decides their status: properties, and what their links say.
UNWIND $ids AS id
MATCH (p:Record:Person {id: id})
RETURN p.id AS person, p.nationalities AS nationalities, COLLECT {
  MATCH (p)-[r:TOOK_PART {role: 'SUBJECT'}]->(e:Event)
  RETURN e {
    .id, .kind, .date_lo, .date_hi, .reported_hi, .until_reported_hi, .date, .until, .until_lo, .until_hi, .announced, .disputed, .ground, .result, .in_absentia, .sentence,
    part: r.id, side: r.side,
    follows: COLLECT { MATCH (e)-[:FOLLOWS]->(f:Event) RETURN f.id },
    of: head(COLLECT { MATCH (e)-[:OF]->(f:Event) RETURN f.id }),
    replaces: COLLECT { MATCH (e)-[:REPLACES]->(f:Event) RETURN f.id },
    to_place: e:Release AND EXISTS { (e)-[:TO_PLACE]->() },
    side_code: head(COLLECT { MATCH (s:Record {id: r.side}) RETURN s.code }),
    alone: COUNT { (e)<-[:TOOK_PART {role: 'SUBJECT'}]-() } = 1
  }
} AS events
