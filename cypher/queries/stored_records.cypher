// stored_records(ids) -> [id, labels, properties, links, parts, verdicts]
// What is stored of these records besides their claims: node, links that they state, parts with their links, verdicts on claims.
UNWIND $ids AS id
MATCH (n:Record {id: id})
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties,
       COLLECT { MATCH (n)-[r]->(m:Record) WHERE type(r) <> 'TOOK_PART' RETURN [n.id, type(r), m.id, properties(r)] }
       + COLLECT { MATCH (n)<-[r:TOOK_PART]-(m) RETURN [m.id, type(r), n.id, properties(r)] }
       + COLLECT { MATCH (n)-[r]->(p:Part) RETURN [n.id, type(r), p.id, properties(r)] }
       + COLLECT { MATCH (n)-->(p:Part)-[r]->(m) RETURN [p.id, type(r), m.id, properties(r)] } AS links,
       COLLECT { MATCH (n)-->(p:Part) RETURN [p.id, labels(p), properties(p)] } AS parts,
       COLLECT { MATCH (c:Claim {record: n.id}) RETURN [c.id, c.since, c.preferred, c.because] } AS verdicts
