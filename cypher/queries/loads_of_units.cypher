// loads_of_units(ids) -> [unit, load]
// The load that last stated each of these seed entries.
UNWIND $ids AS id
MATCH (c:Claim {unit: id})
RETURN id AS unit, max(c.load) AS load
