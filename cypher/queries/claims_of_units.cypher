// claims_of_units(ids) -> [claim]
// All claims of these seed entries, as one map each, with the load that wrote them.
UNWIND $ids AS id
MATCH (c:Claim {unit: id})
OPTIONAL MATCH (c)-[x:CITES]->(s:Source)
OPTIONAL MATCH (c)-[:SAID_BY]->(who:Record)
RETURN {id: c.id, subject: c.subject, record: c.record, kind: c.kind, unit: c.unit, properties: c.properties, values: c.values,
        modality: c.modality, sensitivity: c.sensitivity, announced: c.announced, reason: c.reason, role: c.role, speaker: who.id,
        load: c.load, original: c.original, source: s.id, at: x.at, quote: x.quote, quote_language: x.quote_language, note: x.note} AS claim
