// totals_are_current() -> [are_current]
// Whether the stored totals are those of the content of the graph; so they are in an empty graph.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN coalesce(g.totals = g.content_hash, NOT EXISTS { (:Record) }) AS are_current
