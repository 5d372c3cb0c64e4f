// record_versions() -> [name]
// Records that the versions of nodes are stored for the graph as it is.
MATCH (g:Graph {name: 'detention-graph'})
SET g.has_versions = true
RETURN g.name AS name
