// acquire_lock(audience, version, projection) -> [audience, loads, replaced]
// One load at a time: the lock on this node is held until the transaction ends; the count of loads is read once it is held.
// The first load records by which rules the records are computed.
MERGE (g:Graph {name: 'detention-graph'})
SET g.locked = true
WITH g, coalesce(g.loads, 0) AS loads
SET g.projection = CASE WHEN g.audience IS NULL THEN $projection ELSE g.projection END
SET g.audience = coalesce(g.audience, $audience), g.loads = loads + 1, g.version = $version
REMOVE g.locked
RETURN g.audience AS audience, loads, coalesce(g.replaced, false) AS replaced
