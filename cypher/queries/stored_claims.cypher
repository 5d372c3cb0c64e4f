// stored_claims(ids) -> [claim]
// All claims about these records and their parts, as one map each.
UNWIND $ids AS id
MATCH (c:Claim {record: id})
OPTIONAL MATCH (c)-[x:CITES]->(s:Source)
OPTIONAL MATCH (c)-[:SAID_BY]->(who:Record)
RETURN {id: c.id, subject: c.subject, record: c.record, kind: c.kind, unit: c.unit, properties: c.properties, values: c.values,
        modality: c.modality, sensitivity: c.sensitivity, announced: c.announced, reason: c.reason, role: c.role, speaker: who.id,
        original: c.original, source: s.id, at: x.at, quote: x.quote, quote_language: x.quote_language, note: x.note} AS claim
