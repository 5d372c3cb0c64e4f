// load_state() -> [audience, loads, version]
// The audience of the graph (null where nothing was loaded), how many loads changed it, and the version of the program that wrote last.
OPTIONAL MATCH (g:Graph {name: 'detention-graph'})
RETURN g.audience AS audience, coalesce(g.loads, 0) AS loads, g.version AS version
