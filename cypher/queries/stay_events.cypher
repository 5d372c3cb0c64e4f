// stay_events(ids) -> [subject, is_person, events]
// The events that happened to these people and groups, with what decides their stays: bounds, stated order, and sites.
UNWIND $ids AS id
MATCH (s:Person|Group {id: id})
WITH s, COLLECT {
  MATCH (s)-[r:TOOK_PART {role: 'SUBJECT'}]->(e:Event)
  RETURN e {
    .id, .kind, .date_lo, .date_hi, .shown_lo, .shown_hi, .until_lo, .until_hi, .reported_hi, .until_reported_hi, .date, .until, .announced, .ground, .result, .in_absentia,
    part: r.id, side: r.side,
    follows: COLLECT { MATCH (e)-[:FOLLOWS]->(f:Event) RETURN f.id },
    to_place: e:Release AND EXISTS { (e)-[:TO_PLACE]->() },
    sites: COLLECT { MATCH (e)-[:AT]->(x:Site) RETURN {id: x.id, exact: coalesce(x.specific, true) AND NOT EXISTS { (x)-[:MAY_BE]->() }} },
    to_sites: COLLECT { MATCH (e)-[:TO_SITE]->(x:Site) RETURN {id: x.id, exact: coalesce(x.specific, true) AND NOT EXISTS { (x)-[:MAY_BE]->() }} },
    from_sites: COLLECT { MATCH (e)-[:FROM_SITE]->(x:Site) RETURN {id: x.id, exact: coalesce(x.specific, true) AND NOT EXISTS { (x)-[:MAY_BE]->() }} }
  }
} AS events
RETURN s.id AS subject, s:Person AS is_person, events
