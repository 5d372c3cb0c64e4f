RETURN [[],
COUNT {
MATCH (n0:Event)
WHERE (n0:Conviction AND n0.announced = $p0) }] AS row
