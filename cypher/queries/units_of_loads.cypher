// units_of_loads(loads) -> [unit]
// The seed entries of which every claim was written by one of these loads.
MATCH (c:Claim)
WITH c.unit AS unit, collect(DISTINCT c.load) AS by
WHERE all(one IN by WHERE one IN $loads)
RETURN unit
