// load_state() -> [audience, loads, version, loading]
// The audience of the graph (null where nothing was loaded), how many loads changed it, and the version that wrote last.
// Last the group of loads of which it holds a part only (null where none is under way).
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, coalesce(g.loads, 0) AS loads, g.version AS version, g.loading AS loading
