// merged_records() -> [id, others]
// The records into which others were merged, each with the ids of these; not those that only had another id before.
MATCH (f:FormerId)
WHERE NOT EXISTS { MATCH (c:Claim {unit: f.id}) WHERE 'merged-from' IN c.properties }
RETURN f.record AS id, collect(f.id) AS others
