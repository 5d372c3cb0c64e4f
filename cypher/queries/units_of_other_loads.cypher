// units_of_other_loads(ids, loads) -> [unit]
// Those of these seed entries of which a claim was written by another load.
UNWIND $ids AS id
MATCH (c:Claim {unit: id}) WHERE NOT c.load IN $loads
RETURN DISTINCT c.unit AS unit
