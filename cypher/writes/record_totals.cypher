// record_totals(content_hash) -> [name]
// Records the content hash of the graph for which the stored totals hold.
MATCH (g:Graph {name: 'detention-graph'})
SET g.totals = $content_hash
RETURN g.name AS name
