// stored_units(ids) -> [unit, record]
// The records about which these seed entries made claims.
UNWIND $ids AS id
MATCH (c:Claim {unit: id})
RETURN DISTINCT c.unit AS unit, c.record AS record
