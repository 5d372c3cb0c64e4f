// all_claims(after, limit) -> [claim]
// All claims in the order of their ids, a page at a time, as one map each.
MATCH (c:Claim) WHERE c.id > $after
WITH c ORDER BY c.id LIMIT $limit
OPTIONAL MATCH (c)-[x:CITES]->(s:Source)
OPTIONAL MATCH (c)-[:SAID_BY]->(who:Record)
RETURN {id: c.id, subject: c.subject, record: c.record, kind: c.kind, unit: c.unit, properties: c.properties, values: c.values,
        modality: c.modality, sensitivity: c.sensitivity, announced: c.announced, reason: c.reason, role: c.role, speaker: who.id,
        load: c.load, original: c.original, source: s.id, at: x.at, quote: x.quote, quote_language: x.quote_language, note: x.note} AS claim ORDER BY claim.id
