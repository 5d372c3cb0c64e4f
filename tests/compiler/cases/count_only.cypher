RETURN [[],
COUNT {
MATCH (n0:Event)
WHERE n0:Conviction }] AS row
