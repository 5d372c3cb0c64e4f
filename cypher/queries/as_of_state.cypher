// as_of_state() -> [state]
// Whether the versions of nodes are stored for the graph as it is, and how many sources have no publication date.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN [coalesce(g.has_versions, false), g.undated_sources] AS state
