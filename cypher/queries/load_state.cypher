// load_state() -> [audience, loads]
// For whom the graph was loaded (null where nothing was), and how often it was changed.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, coalesce(g.loads, 0) AS loads
