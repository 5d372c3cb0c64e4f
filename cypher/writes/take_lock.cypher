// take_lock(audience) -> [audience]
// One load at a time: the lock on this node is held until the transaction ends.
MERGE (g:Graph {name: 'detention-graph'})
SET g.locked = timestamp(), g.audience = coalesce(g.audience, $audience)
RETURN g.audience AS audience
