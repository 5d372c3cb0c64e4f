// case_file(id, known) -> [facts]
// All that the case file of a person is made of; null where there is no person who has or had that id. known is the day number as of which, or null.
RETURN head(COLLECT {
  OPTIONAL MATCH (former:FormerId {id: $id})
  WITH coalesce(former.record, $id) AS id
  MATCH (p:Record:Person {id: id})
  CALL (p) {
    MATCH (p)-[r:TOOK_PART]->(e:Event)
    WITH e, r, COLLECT { MATCH (e)<-[o:TOOK_PART]-(a:Actor) WHERE o.role <> 'SUBJECT' AND a <> p RETURN [o.id, o.role, a.id] } AS others
    RETURN collect(e {
             .id, .kind, .date, .until, .date_lo, .date_hi, .until_lo, .until_hi, .shown_lo, .shown_hi, .reported_hi, .until_reported_hi, .announced, .disputed, .ground, .result, .in_absentia, .sentence,
             part: r.id, role: r.role, side: r.side, part_disputed: r.disputed, position: r.position, others: others,
             follows: COLLECT { MATCH (e)-[f:FOLLOWS]->(x:Event) RETURN [x.id, f.modality] },
             of: head(COLLECT { MATCH (e)-[:OF]->(x:Event) RETURN x.id }),
             replaces: COLLECT { MATCH (e)-[:REPLACES]->(x:Event) RETURN x.id },
             to_place: e:Release AND EXISTS { (e)-[:TO_PLACE]->() },
             side_code: head(COLLECT { MATCH (s:Record {id: r.side}) RETURN s.code }),
             alone: COUNT { (e)<-[:TOOK_PART {role: 'SUBJECT'}]-() } = 1
           }) AS events,
           collect(e.id) AS ids, collect(r.id) AS parts, collect([other IN others | other[0]]) AS acting
  }
  CALL (p, ids, parts, acting) {
    UNWIND [p.id] + ids + parts + reduce(every = [], some IN acting | every + some) AS subject
    WITH DISTINCT subject
    MATCH (c:Claim {subject: subject})
    OPTIONAL MATCH (c)-[x:CITES]->(s:Source)
    OPTIONAL MATCH (c)-[:SAID_BY]->(who:Record)
    WITH c, x, s, who
    ORDER BY c.id
    RETURN collect(c {.id, .subject, .kind, .properties, .values, .preferred, .because, .modality, .announced, .reason, .role,
                      speaker: who.id, source: s.id, at: x.at, quote: x.quote, note: x.note,
                      names: COLLECT { MATCH (c)-[:NAMES]->(n:Record) RETURN n.id }}) AS claims,
           collect(DISTINCT s) AS cited, collect(DISTINCT who) AS speakers
  }
  CALL (p) {
    MATCH (p)-[:STAYED]->(s:Stay)-[:STAY_AT]->(x:Site)
    WITH s, x
    ORDER BY s.start_hi, s.id
    RETURN collect(s {.id, .start, .end, .start_lo, .start_hi, .end_lo, .end_hi, .stated, site: x.id,
                      claims: COLLECT { MATCH (s)-[:RELIES_ON]->(c:Claim)-[at:CITES]->(o:Source) RETURN [c.id, o.id, at.at] }}) AS stays
  }
  CALL (p) {
    MATCH (p)-[:STAYED]->(a:Stay)-[:STAY_AT]->(:Site)<-[:STAY_AT]-(b:Stay)
    WHERE a.compared AND b.compared AND b.subject <> p.id AND a.start_lo <= b.end_hi AND b.start_lo <= a.end_hi
    WITH a, b
    ORDER BY b.subject, b.id, a.id
    WITH collect([a, b]) AS pairs
    WITH size(pairs) AS found, pairs[..50] AS pairs
    RETURN found, COLLECT {
             UNWIND pairs AS pair
             WITH pair[0] AS a, pair[1] AS b
             RETURN b {.id, .start_lo, .start_hi, .end_lo, .end_hi, person: b.subject, own: a.id,
                       claims: COLLECT { MATCH (b)-[:RELIES_ON]->(c:Claim)-[at:CITES]->(o:Source) RETURN [c.id, o.id, at.at] }}
           } AS beside,
           COLLECT { UNWIND pairs AS pair WITH pair[1] AS b MATCH (b)-[:RELIES_ON]->(:Claim)-[:CITES]->(o:Source) RETURN DISTINCT o } AS further
  }
  CALL (p, ids) {
    MATCH (x:Record) WHERE x.id IN [p.id] + ids + COLLECT { MATCH (p)-[:MEMBER]-(o:Group) RETURN o.id }
    MATCH (x)<-[:ABOUT]-(e:Event)
    WITH DISTINCT e
    WITH e, [e.id] + COLLECT { MATCH (e)<-[o:TOOK_PART]-(a:Actor) WHERE o.role = 'AUTHOR' RETURN o.id } AS stating
    RETURN collect(e {.id, .kind, .date, .date_lo,
             authors: COLLECT { MATCH (e)<-[o:TOOK_PART]-(a:Actor) WHERE o.role = 'AUTHOR' RETURN a.id },
             claims: COLLECT { MATCH (c:Claim)-[at:CITES]->(o:Source) WHERE c.subject IN stating RETURN [c.id, o.id, at.at] }}) AS about,
           reduce(every = [], some IN collect(stating) | every + some) AS about_ids
  }
  CALL (p) {
    MATCH (p)<-[:MEMBER]-(g:Group)
    WITH p, g, COLLECT { MATCH (c:Claim {subject: g.id})-[:NAMES]->(p) WHERE 'members' IN c.properties RETURN c.id } AS stating
    RETURN collect(g {.id, claims: COLLECT { MATCH (c:Claim)-[at:CITES]->(o:Source) WHERE c.id IN stating RETURN [c.id, o.id, at.at] }}) AS groups,
           reduce(every = [], some IN collect(stating) | every + some) AS grouping
  }
  CALL (claims, speakers, cited, acting, events, stays, beside, about, groups) {
    UNWIND reduce(every = [who IN speakers | who.id] + [e IN events WHERE e.side IS NOT NULL | e.side], c IN claims | every + c.names)
           + reduce(every = [], e IN events | every + [other IN e.others | other[2]])
           + [stay IN stays | stay.site] + [one IN beside | one.person]
           + reduce(every = [], one IN about | every + one.authors) + [one IN groups | one.id] AS id
    WITH DISTINCT id
    MATCH (n:Record {id: id})
    RETURN collect(n {.id, .type, .kind, .name, .name_uk, .title, .code, .standing, .country}) AS named
  }
  CALL (p, events, parts) {
    MATCH (d:Difference)-[:DIFFERS_ON]->(on:Record)
    WHERE on.id IN [p.id] + [e IN events WHERE e.role = 'SUBJECT' | e.id]
      AND (NOT d.id CONTAINS '/participants/' OR any(part IN parts WHERE d.id ENDS WITH ':' + part))
    RETURN collect({id: d.id, kind: d.kind, property: d.property, record: on.id, claims: COLLECT {
        MATCH (d)-[b:BETWEEN]->(c:Claim)-[x:CITES]->(s:Source)
        MATCH (c)-[:ABOUT]->(r:Record)
        OPTIONAL MATCH (s)-[:PUBLISHER]->(o)
        OPTIONAL MATCH (c)-[:SAID_BY]->(who)
        WITH b, c, x, r, s, o, who ORDER BY c.since, c.id, b.index
        RETURN [c.id, s.id, x.at, [c.values[b.index], c.properties[b.index], r.id, coalesce(r.title, r.name, r.kind, r.measure), coalesce(o.name, s.title),
                s.published, who.name, c.role IS NOT NULL, c.modality, c.preferred[b.index], coalesce(c.because[b.index], ''),
                COLLECT { UNWIND split(c.values[b.index], '"') AS part MATCH (stated:Record {id: part}) RETURN [stated.id, stated.name, stated.name_uk] }]]
      }}) AS differences,
      reduce(every = [], some IN collect(COLLECT { MATCH (d)-[:BETWEEN]->(:Claim)-[:CITES]->(o:Source) RETURN DISTINCT o }) | every + some) AS differing
  }
  RETURN {
    person: p {.id, .name, .names, .category, .sex, .born, .nationalities, .occupations, .disputed},
    events: events, claims: claims, named: named, stays: stays, beside: beside, beside_found: found, about: about, groups: groups,
    sources: COLLECT {
      UNWIND cited + further + differing + COLLECT { MATCH (c:Claim)-[:CITES]->(o:Source) WHERE c.subject IN about_ids OR c.id IN grouping RETURN DISTINCT o } AS s
      WITH DISTINCT s
      RETURN s {.id, .kind, .title, .url, .author, .published, .retrieved, .sha256, .archived, .carried_by, .origin_checked, .known_from,
                publisher: head(COLLECT { MATCH (s)-[:PUBLISHER]->(o:Record) RETURN o.name }),
                repeats: COLLECT { MATCH (s)-[:DERIVED_FROM]->(o:Source) RETURN o.id }}
    },
    differences: differences,
    graph: head(COLLECT {
      MATCH (g:Graph {name: 'detention-graph'}) RETURN g {.audience, .content_hash, .known_to, .sources, .undated_sources, known: $known}
    })
  } AS facts
}) AS facts
